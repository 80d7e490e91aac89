import { join } from 'node:path';
import { serviceAccounts } from '@lianfang/identity';
import type { AgencyApp } from './config';
import type { Databases } from './databases';
import { directoryFolder } from './directory';
import type { Ports } from './ports';
import { builtFile, nodeArguments, root } from './root';
import type { ProcessPlan } from './supervisor';
import { answers } from './wait';

/** What the plans of all processes are made from. */
export interface Parts {
  readonly dataFolder: string;
  readonly ports: Ports;
  readonly issuer: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Whose tokens count: people's clients and the institutions' systems. */
export const clients = ['portal', 'demo', ...serviceAccounts.map(({ clientId }) => clientId)].join(',');

/** The development identity provider. */
export const identityPlan = ({ dataFolder, ports, issuer, environment }: Parts): ProcessPlan => ({
  ...nodeProcess('identity', builtFile('tools/identity', 'main')),
  env: {
    ...environment,
    HOST: '127.0.0.1',
    PORT: String(ports.identity),
    PORTAL_ORIGINS: `http://127.0.0.1:${ports.gateway},http://localhost:${ports.gateway}`,
    DATA_FOLDER: join(dataFolder, 'identity'),
  },
  isReady: answers(`${issuer}/.well-known/openid-configuration`),
});

/** The gateway. */
export const gatewayPlan = ({ ports, issuer, environment }: Parts): ProcessPlan => ({
  ...nodeProcess('gateway', builtFile('apps/gateway', 'main')),
  env: {
    ...environment,
    HOST: '127.0.0.1',
    PORT: String(ports.gateway),
    ISSUER: issuer,
    CLIENTS: clients,
    POLICE_URL: `http://127.0.0.1:${ports.police}/graphql`,
    BANKS_URL: `http://127.0.0.1:${ports.banks}/graphql`,
  },
  isReady: answers(`http://127.0.0.1:${ports.gateway}/readyz`),
});

/** An agency's app: its subgraph and its exchange. */
export function appPlan(app: AgencyApp, { dataFolder, ports, issuer, environment }: Parts, databases: Databases): ProcessPlan {
  const port = ports[app];
  return {
    ...nodeProcess(app, builtFile(`apps/${app}`, 'main')),
    env: {
      ...environment,
      HOST: '127.0.0.1',
      PORT: String(port),
      EXCHANGE_PORT: String(ports[`${app}Exchange`]),
      ISSUER: issuer,
      CLIENTS: clients,
      DATABASE_URL: databases.urlOf(app, 'runtime'),
      WORKER_DATABASE_URL: databases.urlOf(app, 'worker'),
      KEYRING: databases.keyringOf(app),
      DIRECTORY_FOLDER: directoryFolder(dataFolder),
    },
    isReady: answers(`http://127.0.0.1:${port}/readyz`),
  };
}

const nodeProcess = (name: string, file: string) => ({ name, command: process.execPath, args: nodeArguments(file), cwd: root });
