import { isAbsolute, join } from 'node:path';
import { readPorts, type Ports } from './ports';
import { root } from './root';
import { SetupProblem } from './setup-problem';

/** The apps that have a database of their own. */
export const agencyApps = ['police', 'banks'] as const;

/** An app with a database of its own. */
export type AgencyApp = (typeof agencyApps)[number];

/** What `npm start` was asked for. */
export interface SetupConfig {
  readonly production: boolean;
  /** Everything that lasts between runs. */
  readonly dataFolder: string;
  readonly ports: Ports;
  /** Administrator's URL of a server of one's own, per app; an app without one gets a database on the embedded server. */
  readonly databaseUrls: Readonly<Partial<Record<AgencyApp, string>>>;
  /** Base URL of a Keycloak of one's own, as in `https://login.example`. */
  readonly keycloakUrl: string | undefined;
  /** Whether empty databases are filled with the demo world. */
  readonly loadsDemo: boolean;
  /** Where the embedded server's log and copies of its data are kept, for `npm run restore`; nothing is kept without it. */
  readonly backupFolder: string | undefined;
  /** Handed on to every process. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Parses the environment. Throws a `SetupProblem` with everything that is wrong or missing. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): SetupConfig {
  const production = environment['NODE_ENV'] === 'production';
  if (production) refuseDemoParts(environment);
  return {
    production,
    dataFolder: resolve(environment['DATA_FOLDER'] ?? '.data'),
    ports: readPorts(environment),
    databaseUrls: Object.fromEntries(agencyApps.flatMap((app) => (environment[databaseVariable(app)] ? [[app, environment[databaseVariable(app)]]] : []))),
    keycloakUrl: environment['KEYCLOAK_URL'] || undefined,
    backupFolder: environment['BACKUP_FOLDER'] ? resolve(environment['BACKUP_FOLDER']) : undefined,
    loadsDemo: !production && environment['DEMO'] !== 'off',
    environment,
  };
}

/** The variable that replaces an app's embedded database, as in `DATABASE_URL_POLICE`. */
export const databaseVariable = (app: AgencyApp): string => `DATABASE_URL_${app.toUpperCase()}`;

/** The realm whose tokens count, as they name it in `iss`: as in `http://127.0.0.1:4080/realms/lianfang`. */
export const realmUrl = ({ keycloakUrl, ports }: Pick<SetupConfig, 'keycloakUrl' | 'ports'>): string => `${keycloakUrl?.replace(/\/$/, '') ?? `http://127.0.0.1:${ports.identity}`}/realms/lianfang`;

/** The process's own environment, for handing on. */
export const ownEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env });

/** What PostgreSQL sees of our environment: a stray PGDATA or PGPORT must not reach it. */
export const serverEnvironment = (): Record<string, string | undefined> => ({
  PATH: process.env['PATH'],
  SystemRoot: process.env['SystemRoot'],
  LC_ALL: 'C',
  TZ: 'UTC',
});

/** The superuser's URL of the throw-away server that tests use; `npm test` starts one when it is not set. */
export const givenTestDatabaseUrl = (environment: NodeJS.ProcessEnv = process.env): string | undefined => environment['TEST_DATABASE_URL'] || undefined;

function refuseDemoParts(environment: NodeJS.ProcessEnv): void {
  const missing = [...agencyApps.map(databaseVariable), 'KEYCLOAK_URL'].filter((variable) => !environment[variable]);
  const problems = [
    ...missing.map((variable) => `${variable} is missing: production uses neither the embedded database nor the development identity provider.`),
    ...(environment['CLOCK_OFFSET'] ? ['CLOCK_OFFSET is set: production never moves its clock.'] : []),
  ];
  if (problems.length > 0) throw new SetupProblem(`NODE_ENV=production refuses everything that belongs to the demo:\n${problems.join('\n')}`);
}

const resolve = (path: string): string => (isAbsolute(path) ? path : join(root, path));
