import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { appPlan, gatewayPlan, identityPlan } from './app-plans';
import { agencyApps, realmUrl, type AgencyApp, type SetupConfig } from './config';
import { prepareDatabases, type Databases } from './databases';
import { directoryFolder, localExchanges, writeDirectory } from './directory';
import type { Ports } from './ports';
import { checkRealm } from './keycloak';
import { Secrets } from './secrets';
import { Supervisor, type ProcessPlan } from './supervisor';

/** What a whole system is started from. */
export interface SystemOptions extends Pick<SetupConfig, 'dataFolder' | 'ports' | 'databaseUrls' | 'keycloakUrl' | 'environment'> {
  /** Receives one line for every step and every accident. */
  readonly report: (line: string) => void;
  /** A supervisor of the caller's, which can then stop everything before all of it is up. */
  readonly supervisor?: Supervisor;
  /** Asked when the databases are ready: variables for this first start of police and banks. */
  readonly beforeApps?: (databases: Databases) => Promise<NodeJS.ProcessEnv>;
  /** Where the embedded server hands over its log, so that its data can be restored. */
  readonly backupFolder?: SetupConfig['backupFolder'];
  /** For tests: the data need not survive a power cut. */
  readonly throwAway?: boolean;
  /** Variables for one process alone, over all the others. */
  readonly environmentOf?: (name: ProcessName) => ProcessPlan['env'];
  /** Ports that partners dial in place of an exchange's own: where a test puts a bad line between them. */
  readonly dialled?: Partial<Pick<Ports, 'policeExchange' | 'banksExchange'>>;
}

/** The processes of ours; Postgres is not ours. */
export type ProcessName = AgencyApp | 'gateway' | 'identity';

/** A running system: gateway, police, banks, and the embedded parts that nothing replaces. */
export interface System {
  readonly supervisor: Supervisor;
  readonly ports: Ports;
  /** As in `http://127.0.0.1:4000`. */
  readonly gatewayUrl: string;
  /** As in `http://127.0.0.1:4080/realms/lianfang`. */
  readonly issuer: string;
  readonly databases: Databases;
  stop(): Promise<void>;
}

/** Starts everything and waits until all of it is ready. Stops what it had started when a part does not come up. */
export async function startSystem(options: SystemOptions): Promise<System> {
  mkdirSync(options.dataFolder, { recursive: true });
  const supervisor = options.supervisor ?? new Supervisor({ logFolder: logFolder(options.dataFolder), report: options.report });
  try {
    return await startParts(options, supervisor);
  } catch (error) {
    await supervisor.stopAll();
    throw error;
  }
}

/** Where every process writes its log, as in `police.log`. */
export const logFolder = (dataFolder: string): string => join(dataFolder, 'logs');

async function startParts(options: SystemOptions, supervisor: Supervisor): Promise<System> {
  const { dataFolder, ports, report, environmentOf = () => ({}), dialled = {} } = options;
  const withOwn = (plan: ProcessPlan, name: ProcessName): ProcessPlan => ({ ...plan, env: { ...plan.env, ...environmentOf(name) } });
  const secrets = Secrets.open(join(dataFolder, 'secrets.json'));
  const issuer = realmUrl(options);
  if (options.keycloakUrl !== undefined) await checkRealm(issuer);
  const parts = { dataFolder, ports, issuer, environment: options.environment };
  const identity = options.keycloakUrl === undefined ? supervisor.start(withOwn(identityPlan(parts), 'identity')) : Promise.resolve();
  const directory = writeDirectory(directoryFolder(dataFolder), localExchanges({ ...ports, ...dialled }), { ...options.environment, ...environmentOf('banks') });
  const preparing = [prepareDatabases({ ...options, secrets, supervisor }), directory, identity] as const;
  // When one fails the others still write: whoever cleans up after us must find all of them ended.
  await Promise.allSettled(preparing);
  const [databases] = await Promise.all(preparing);
  report('databases and identity are ready');
  const variables = (await options.beforeApps?.(databases)) ?? {};
  const apps = agencyApps.map((app) => withOwn(appPlan(app, parts, databases), app)).map((plan) => ({ ...plan, env: { ...plan.env, ...variables } }));
  // The gateway needs neither of them to start.
  await Promise.all([...apps, withOwn(gatewayPlan(parts), 'gateway')].map((plan) => supervisor.start(plan)));
  report('police, banks and gateway are ready');
  return { supervisor, ports, issuer, databases, gatewayUrl: `http://127.0.0.1:${ports.gateway}`, stop: () => supervisor.stopAll() };
}
