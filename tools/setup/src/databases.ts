import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { agencyApps, databaseVariable, type AgencyApp } from './config';
import { embeddedAdminUrl, prepareEmbeddedPostgres } from './postgres/embedded-postgres';
import { builtFile, nodeArguments, root } from './root';
import type { Secrets } from './secrets';
import { SetupProblem } from './setup-problem';
import type { Supervisor } from './supervisor';
import type { SystemOptions } from './system';
import type { ProvisionInput } from './tasks/provision-databases';
import { runTask } from './tasks/task';

const run = promisify(execFile);

/** The three logins of a database: one migrates, one serves, one relays and keeps time. */
const logins = ['owner', 'runtime', 'worker'] as const;

/** A login of an app's database. */
export type Login = (typeof logins)[number];

/** Where the agencies' databases are and how to get in. */
export interface Databases {
  /** URL of one of an app's three logins. */
  urlOf(app: AgencyApp, login: Login): string;
  /** Administrator's URL of the server that has the app's database. */
  adminUrlOf(app: AgencyApp): string;
  /** The app's keys for personal data at rest, made at random on the first run. */
  keyringOf(app: AgencyApp): string;
}

type Places = Pick<SystemOptions, 'databaseUrls'> & { readonly ports: Pick<SystemOptions['ports'], 'postgres'>; readonly secrets: Secrets };

/** The databases of a system as its secrets and its environment describe them, whether it runs or not. */
export function findDatabases({ ports, databaseUrls, secrets }: Places): Databases {
  const adminUrlOf = (app: AgencyApp): string => databaseUrls[app] ?? embeddedAdminUrl({ port: ports.postgres, password: secrets.get(superuserSecret) });
  return {
    adminUrlOf,
    urlOf: (app, login) => {
      const url = new URL(adminUrlOf(app));
      return Object.assign(url, { username: loginName(app, login), password: secrets.get(passwordName(app, login)), pathname: `/${app}` }).href;
    },
    keyringOf: (app) => secrets.get(`keyring of ${app}`, newKeyring),
  };
}

interface Wish extends Omit<SystemOptions, 'supervisor'> {
  readonly secrets: Secrets;
  readonly supervisor: Supervisor;
}

/** Starts the embedded server when an app needs it, then brings every database up to date. */
export async function prepareDatabases(wish: Wish): Promise<Databases> {
  const { databaseUrls } = wish;
  const databases = findDatabases(wish);
  if (!agencyApps.every((app) => databaseUrls[app] !== undefined)) await startEmbedded(wish);
  await bringUpToDate(databases, wish);
  return databases;
}

/** Makes the roles and databases that are missing and migrates each as its owner. Repeating it changes nothing. */
export async function bringUpToDate(databases: Databases, { secrets, environment }: Pick<Wish, 'secrets' | 'environment'>): Promise<void> {
  await provisionAll(databases, secrets);
  await Promise.all(agencyApps.map((app) => migrateOne(app, { ...environment, OWNER_DATABASE_URL: databases.urlOf(app, 'owner') })));
}

async function startEmbedded({ dataFolder, ports, secrets, supervisor, throwAway, backupFolder }: Wish): Promise<void> {
  const { plan } = await prepareEmbeddedPostgres({ dataFolder, port: ports.postgres, password: secrets.get(superuserSecret), throwAway, backupFolder });
  await supervisor.start(plan);
}

async function provisionAll(databases: Databases, secrets: Secrets): Promise<void> {
  const inputs = agencyApps.map(
    (app): ProvisionInput => ({
      adminUrl: databases.adminUrlOf(app),
      agency: app,
      passwords: Object.fromEntries(logins.map((login) => [loginName(app, login), secrets.get(passwordName(app, login))])),
    }),
  );
  try {
    await runTask('provision-databases', inputs);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SetupProblem(`The databases could not be prepared: ${reason}\n${agencyApps.map(databaseVariable).join(' and ')} must be URLs of logins that may create roles and databases.`, { cause });
  }
}

/** Each app migrates its own database with its own program, as the owner login. */
async function migrateOne(app: AgencyApp, env: NodeJS.ProcessEnv): Promise<void> {
  const file = builtFile(`apps/${app}`, 'migrate');
  if (!existsSync(file)) throw new SetupProblem(`${file} is missing: the build has not made it.`);
  try {
    await run(process.execPath, nodeArguments(file), { cwd: root, env });
  } catch (cause) {
    throw new SetupProblem(`The database of ${app} could not be migrated:\n${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** As `loginName` of @lianfang/database, which is too large to be loaded for one line; a spec holds the two together. */
export const loginName = (app: AgencyApp, login: Login): string => `${app}_${login}`;

/** Under which name the superuser's password is kept. */
export const superuserSecret = 'password of the embedded superuser';

const passwordName = (app: AgencyApp, login: Login): string => `password of ${loginName(app, login)}`;

/** One sealing key of epoch 1 and one index key, 32 random bytes each. */
const newKeyring = (): string => `1:${randomBytes(32).toString('base64')};index:${randomBytes(32).toString('base64')}`;
