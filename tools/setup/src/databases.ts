import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { loginName, provision, type Login } from '@lianfang/database';
import { agencyApps, databaseVariable, type AgencyApp } from './config';
import { prepareEmbeddedPostgres } from './postgres/embedded-postgres';
import type { Secrets } from './secrets';
import { SetupProblem } from './setup-problem';
import type { Supervisor } from './supervisor';
import type { SystemOptions } from './system';
import { builtFile, root } from './root';

const run = promisify(execFile);

/** The agencies' databases, provisioned and migrated. */
export interface Databases {
  /** URL of one of an app's three logins. */
  urlOf(app: AgencyApp, login: Login): string;
  /** Administrator's URL of the server that has the app's database. */
  adminUrlOf(app: AgencyApp): string;
  /** The app's keys for personal data at rest, made at random on the first run. */
  keyringOf(app: AgencyApp): string;
}

interface Wish extends Omit<SystemOptions, 'supervisor'> {
  readonly secrets: Secrets;
  readonly supervisor: Supervisor;
}

/** Starts the embedded server when an app needs it, then brings every database up to date. */
export async function prepareDatabases(wish: Wish): Promise<Databases> {
  const { databaseUrls, secrets } = wish;
  const embedded = agencyApps.every((app) => databaseUrls[app] !== undefined) ? undefined : await startEmbedded(wish);
  const adminUrlOf = (app: AgencyApp): string => {
    const url = databaseUrls[app] ?? embedded;
    if (url === undefined) throw new Error(`no server was started for ${app}`);
    return url;
  };
  const passwordOf = (login: string): string => secrets.get(`password of ${login}`);
  const databases: Databases = {
    adminUrlOf,
    urlOf: (app, login) => loginUrl(adminUrlOf(app), { app, login, password: passwordOf(loginName(app, login)) }),
    keyringOf: (app) => secrets.get(`keyring of ${app}`, newKeyring),
  };
  // One after the other: both may stand on one server and make the same groups.
  for (const app of agencyApps) await provisionOne(app, adminUrlOf(app), passwordOf);
  await Promise.all(agencyApps.map((app) => migrateOne(app, { ...wish.environment, OWNER_DATABASE_URL: databases.urlOf(app, 'owner') })));
  return databases;
}

async function startEmbedded({ dataFolder, ports, secrets, supervisor, throwAway }: Wish): Promise<string> {
  const password = secrets.get('password of the embedded superuser');
  const { plan, adminUrl } = await prepareEmbeddedPostgres({ dataFolder, port: ports.postgres, password, throwAway });
  await supervisor.start(plan);
  return adminUrl;
}

async function provisionOne(app: AgencyApp, adminUrl: string, passwordOf: (login: string) => string): Promise<void> {
  try {
    await provision({ adminUrl, agencies: [app], passwordOf });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SetupProblem(`The database of ${app} could not be prepared: ${reason}\nWith ${databaseVariable(app)}, give the URL of a login that may create roles and databases.`, { cause });
  }
}

/** Each app migrates its own database with its own program, as the owner login, in a process of its own. */
async function migrateOne(app: AgencyApp, env: NodeJS.ProcessEnv): Promise<void> {
  const file = builtFile(`apps/${app}`, 'migrate');
  if (!existsSync(file)) throw new SetupProblem(`${file} is missing: the build has not made it.`);
  try {
    await run(process.execPath, ['--enable-source-maps', file], { cwd: root, env });
  } catch (cause) {
    throw new SetupProblem(`The database of ${app} could not be migrated:\n${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function loginUrl(adminUrl: string, { app, login, password }: { app: AgencyApp; login: Login; password: string }): string {
  const url = new URL(adminUrl);
  url.username = loginName(app, login);
  url.password = password;
  url.pathname = `/${app}`;
  return url.href;
}

/** One sealing key of epoch 1 and one index key, 32 random bytes each. */
const newKeyring = (): string => `1:${randomBytes(32).toString('base64')};index:${randomBytes(32).toString('base64')}`;
