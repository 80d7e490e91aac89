import { Client, escapeIdentifier, escapeLiteral } from 'pg';

/** The three logins of an agency's database: `police_owner` migrates, `police_runtime` serves, `police_worker` relays and keeps time. */
export type Login = 'owner' | 'runtime' | 'worker';

/** Who may do what on a server: a superuser's URL, the agencies (database names), and each login's password. */
export interface ProvisionOptions {
  /** URL of a login that may create roles and databases. */
  readonly adminUrl: string;
  readonly agencies: readonly string[];
  readonly passwordOf: (loginName: string) => string;
}

/** The name of a login, as in `police_runtime`. */
export const loginName = (agency: string, login: Login): string => `${agency.replace(/-/g, '_')}_${login}`;

/** The group that a login belongs to; migrations grant to groups, so their text is the same in every database of the cluster. */
const groups = { runtime: 'lianfang_runtime', worker: 'lianfang_worker' } as const;

/** Creates roles and databases that are missing and closes each database to everybody else's logins. Repeating it changes nothing. */
export async function provision({ adminUrl, agencies, passwordOf }: ProvisionOptions): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock($1)', [provisionLock]);
    for (const group of Object.values(groups)) await createRole(admin, group, 'nologin');
    for (const agency of agencies) await provisionAgency(admin, agency, passwordOf);
  } finally {
    await admin.end();
  }
}

const provisionLock = 7_262_016;

async function provisionAgency(admin: Client, agency: string, passwordOf: (loginName: string) => string): Promise<void> {
  const name = (login: Login): string => loginName(agency, login);
  for (const login of ['owner', 'runtime', 'worker'] as const) {
    const password = escapeLiteral(passwordOf(name(login)));
    await createRole(admin, name(login), `login nosuperuser nocreatedb nocreaterole nobypassrls`);
    await admin.query(`alter role ${escapeIdentifier(name(login))} password ${password}`);
  }
  for (const login of ['runtime', 'worker'] as const) await admin.query(`grant ${groups[login]} to ${escapeIdentifier(name(login))}`);
  await createDatabase(admin, agency.replace(/-/g, '_'), name('owner'));
  const database = escapeIdentifier(agency.replace(/-/g, '_'));
  await admin.query(`revoke all on database ${database} from public`);
  await admin.query(`grant connect on database ${database} to ${(['owner', 'runtime', 'worker'] as const).map((login) => escapeIdentifier(name(login))).join(', ')}`);
}

async function createRole(admin: Client, role: string, options: string): Promise<void> {
  const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) await admin.query(`create role ${escapeIdentifier(role)} ${options}`);
}

async function createDatabase(admin: Client, database: string, owner: string): Promise<void> {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [database]);
  if (rowCount === 0) await admin.query(`create database ${escapeIdentifier(database)} owner ${escapeIdentifier(owner)}`);
}
