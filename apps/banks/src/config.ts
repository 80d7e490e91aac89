import { Keyring } from '@lianfang/database';
import { clockOffset, developmentDefault, isProduction, parseConfig, port, type Environment } from '@lianfang/subgraph';
import { z } from 'zod';
import { demoInstitutionCores, institutionCoreSettings } from './core-banking/institution-cores';
import { demoInstitutionSettings, institutionSettings } from './settings';

/** Codes separated by commas, as in `B001,B002`. */
const codes = z.string().transform((text) => text.split(',').map((code) => code.trim()).filter((code) => code !== ''));

/** A JSON text of a shape. */
const jsonOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('expected JSON');
        return z.NEVER;
      }
    })
    .pipe(schema);

const keyring = z.string().transform((text) => Keyring.parse(text));

const institutionCores = developmentDefault(jsonOf(institutionCoreSettings), JSON.stringify(demoInstitutionCores));

/** Reads of all settings only what the institutions' core systems are. */
export const readInstitutionCores = (environment: Environment = process.env) => parseConfig({ INSTITUTION_CORES: institutionCores }, environment).INSTITUTION_CORES;

/** Reads the settings of the banks app. Throws the full list of what is missing or wrong. `npm start` gives them all. */
export const readConfig = (environment: Environment = process.env) => ({
  development: !isProduction(environment),
  ...parseConfig(
    {
      HOST: developmentDefault(z.string(), '127.0.0.1'),
      PORT: port.default(4002),
      EXCHANGE_PORT: port.default(4102),
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
      /** The institutions' core systems, as JSON: `institutionCoreSettings`. */
      INSTITUTION_CORES: institutionCores,
      /** What each institution has chosen, as JSON: `institutionSettings`; who is not named works by hand. */
      INSTITUTION_SETTINGS: developmentDefault(jsonOf(institutionSettings), JSON.stringify(demoInstitutionSettings)),
      CLOCK_OFFSET: clockOffset,
      /** For crash tests: `armFailpoints` of the database library. */
      FAILPOINT: z.string().optional(),
      FAILPOINT_SWITCH: z.string().optional(),
      LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    },
    environment,
  ),
});

/** The settings of the banks app. */
export type Config = ReturnType<typeof readConfig>;

/** The owner's URL, with which `migrate` runs. Throws when it is missing. */
export const readOwnerUrl = (environment: Environment = process.env): string => parseConfig({ OWNER_DATABASE_URL: z.string() }, environment).OWNER_DATABASE_URL;

/** What the ledger importer needs: the worker's URL and the keys. Throws the list of what is missing. */
export const readLedgerConfig = (environment: Environment = process.env) => parseConfig({ WORKER_DATABASE_URL: z.string(), KEYRING: keyring }, environment);
