import { Keyring } from '@lianfang/database';
import { clockOffset, developmentDefault, isProduction, parseConfig, port, type Environment } from '@lianfang/subgraph';
import { z } from 'zod';
import { readSettings } from './settings';

/** Codes separated by commas, as in `portal,demo`. */
const codes = z.string().transform((text) =>
  text
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== ''),
);

const keyring = z.string().transform((text) => Keyring.parse(text));

/** Settings as JSON; what is left out has its default. */
const settings = z
  .string()
  .default('{}')
  .transform((text, context) => {
    try {
      return readSettings(JSON.parse(text));
    } catch (error) {
      context.addIssue(error instanceof z.ZodError ? z.prettifyError(error) : 'expected JSON');
      return z.NEVER;
    }
  });

/** Reads the settings of the police app. Throws the full list of what is missing or wrong. `npm start` gives them all. */
export const readConfig = (environment: Environment = process.env) => ({
  development: !isProduction(environment),
  ...parseConfig(
    {
      HOST: developmentDefault(z.string(), '127.0.0.1'),
      PORT: port.default(4001),
      EXCHANGE_PORT: port.default(4101),
      /** The realm's address, as in `http://127.0.0.1:4080/realms/lianfang`. */
      ISSUER: developmentDefault(z.url(), 'http://127.0.0.1:4080/realms/lianfang'),
      /** Where this process reaches the realm, if not at the issuer's address. */
      REALM_URL: z.url().optional(),
      /** Clients whose tokens count, by `azp`. */
      CLIENTS: developmentDefault(codes, 'portal,demo'),
      DATABASE_URL: z.string(),
      WORKER_DATABASE_URL: z.string(),
      /** Sealing keys and the key of the blind index: `epoch:base64[,epoch:base64…];index:base64`. */
      KEYRING: keyring,
      /** Folder with the signed directory and this agency's own private keys. */
      DIRECTORY_FOLDER: z.string(),
      /** What the deployment sets otherwise than settings.ts, as JSON: `{"fraudCase":{"formRequiredFirst":true}}`. */
      POLICE_SETTINGS: settings,
      CLOCK_OFFSET: clockOffset,
      /** For crash tests: `armFailpoints` of the database library. */
      FAILPOINT: z.string().optional(),
      FAILPOINT_SWITCH: z.string().optional(),
      LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    },
    environment,
  ),
});

/** The settings of the police app. */
export type Config = ReturnType<typeof readConfig>;

/** The owner's URL, with which `migrate` runs. Throws when it is missing. */
export const readOwnerUrl = (environment: Environment = process.env): string => parseConfig({ OWNER_DATABASE_URL: z.string() }, environment).OWNER_DATABASE_URL;
