import { Keyring } from '@lianfang/database';
import { clockOffset, developmentDefault, isProduction, parseConfig, port, type Environment } from '@lianfang/subgraph';
import { z } from 'zod';

/** Codes separated by commas, as in `B001,B002`. */
const codes = z.string().transform((text) => text.split(',').map((code) => code.trim()).filter((code) => code !== ''));

const keyring = z.string().transform((text) => Keyring.parse(text));

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
      /** Clients whose tokens count, by `azp`. */
      CLIENTS: developmentDefault(codes, 'portal,demo'),
      DATABASE_URL: z.string(),
      WORKER_DATABASE_URL: z.string(),
      /** Sealing keys and the key of the blind index: `epoch:base64[,epoch:base64…];index:base64`. */
      KEYRING: keyring,
      /** Folder with the signed directory and this agency's own private keys. */
      DIRECTORY_FOLDER: z.string(),
      /** Institutions whose machine executes when all four facts agree. */
      STRAIGHT_THROUGH: developmentDefault(codes, 'B001'),
      /** Institutions whose core system can hold only a whole account. */
      WHOLE_ACCOUNT_ONLY: developmentDefault(codes, 'P001'),
      CLOCK_OFFSET: clockOffset,
      LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    },
    environment,
  ),
});

/** The settings of the banks app. */
export type Config = ReturnType<typeof readConfig>;

/** The owner's URL, with which `migrate` runs. Throws when it is missing. */
export const readOwnerUrl = (environment: Environment = process.env): string => parseConfig({ OWNER_DATABASE_URL: z.string() }, environment).OWNER_DATABASE_URL;
