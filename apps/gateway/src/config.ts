import { join } from 'node:path';
import { developmentDefault, isProduction, parseConfig, port, type Environment } from '@lianfang/subgraph';
import { z } from 'zod';

/** Nothing leaves the machine: Apollo's gateway would ask the cloud where it runs and send counts to its maker, unless told not to before it is made. */
export function keepTelemetryHome(): void {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
}

/** Words separated by commas. */
const words = z.string().transform((text) => text.split(',').map((one) => one.trim()).filter((one) => one !== ''));

/** Reads the gateway's settings. Throws the full list of what is missing or wrong. */
export const readConfig = (environment: Environment = process.env) => ({
  development: !isProduction(environment),
  ...parseConfig(
    {
      HOST: developmentDefault(z.string(), '127.0.0.1'),
      PORT: port.default(4000),
      /** The realm's address, as tokens name it in `iss`. */
      ISSUER: developmentDefault(z.url(), 'http://127.0.0.1:4080/realms/lianfang'),
      /** Where this process reaches the realm, if not at the issuer's address. */
      REALM_URL: z.url().optional(),
      /** Clients whose tokens count, by `azp`. */
      CLIENTS: developmentDefault(words, 'portal,demo'),
      POLICE_URL: developmentDefault(z.url(), 'http://127.0.0.1:4001/graphql'),
      BANKS_URL: developmentDefault(z.url(), 'http://127.0.0.1:4002/graphql'),
      SUPERGRAPH_FILE: z.string().default(join('apps', 'gateway', 'supergraph.graphql')),
      /** Origins of browsers that may call, as in `https://portal.example`; none by default. */
      ORIGINS: words.default([]),
      /** For crash tests: `armFailpoints` of the database library. */
      FAILPOINT: z.string().optional(),
      FAILPOINT_SWITCH: z.string().optional(),
      LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    },
    environment,
  ),
});
