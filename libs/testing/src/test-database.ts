import { randomBytes } from 'node:crypto';
import { Database, Keyring, loginName, migrate, provision, type DatabaseOptions, type Login, type Migration } from '@lianfang/database';
import type { Agency } from '@lianfang/vocabulary';
import { Client, escapeIdentifier } from 'pg';
import { testServerUrl } from './config';
import { templateName } from './template-name';

/** What an agency's data source lists. */
export interface Schema {
  readonly entities: DatabaseOptions['entities'];
  readonly migrations: readonly Migration[];
  /** Runs once on the template after its migrations, as its owner: reference data that every spec needs. Part of the template's name by its text. */
  readonly fill?: (owner: Client) => Promise<void>;
}

/** One spec file's own database, migrated, with its logins open. */
export interface TestDatabase {
  readonly name: string;
  /** The login that serves: row-level security, no DDL, audit insert-only. */
  readonly runtime: Database;
  /** The login of relay and timers. */
  readonly worker: Database;
  /** URLs of the three logins, for code that opens its own connections. */
  readonly urls: Readonly<Record<Login, string>>;
  readonly ownerUrl: string;
  /** A superuser's URL: for what an attacker with the server in hands would do. */
  readonly adminUrl: string;
  readonly keyring: Keyring;
  /** Closes the logins and removes the database. */
  drop(): Promise<void>;
}

const PASSWORD = 'spec';

/** Specs have logins of their own, so that a whole system tested on the same server keeps its passwords. */
const specLogin = (agency: Agency, login: Login): string => loginName(specAgency(agency), login);
const specAgency = (agency: Agency): string => `spec_${agency.replace(/-/g, '_')}`;

/**
 * A database for one spec file: cloned from a template that is migrated once per content of the migrations (milliseconds instead of seconds).
 * Call in `beforeAll`, and `drop()` in `afterAll`. Throws a clear error without TEST_DATABASE_URL.
 *
 * @example
 * beforeAll(async () => { database = await testDatabase('police', { entities, migrations }); });
 * afterAll(() => database?.drop());
 */
export async function testDatabase(agency: Agency, schema: Schema): Promise<TestDatabase> {
  const template = await ensureTemplate(agency, schema);
  const name = `${specAgency(agency)}_${randomBytes(6).toString('hex')}`;
  await onServer((admin) => clone(admin, { template, name, owner: specLogin(agency, 'owner') }));
  const urls = { owner: urlOf(agency, 'owner', name), runtime: urlOf(agency, 'runtime', name), worker: urlOf(agency, 'worker', name) };
  const keyring = new Keyring({ epoch: 1, sealing: { 1: randomBytes(32) }, index: randomBytes(32) });
  const open = (login: Login): Promise<Database> => Database.open({ agency, url: urls[login], entities: schema.entities, keyring, poolSize: 6, applicationName: name });
  const runtime = await open('runtime');
  const worker = await open('worker');
  const drop = async (): Promise<void> => {
    await runtime.close();
    await worker.close();
    await onServer((admin) => admin.query(`drop database if exists ${escapeIdentifier(name)} with (force)`));
  };
  return { name, runtime, worker, urls, ownerUrl: urls.owner, adminUrl: databaseUrl(name), keyring, drop };
}

/** Migrates the template of this schema unless another spec file has: one at a time, by an advisory lock of the server. */
async function ensureTemplate(agency: Agency, schema: Schema): Promise<string> {
  const template = await templateName(agency, schema);
  await onServer(async (admin) => {
    await admin.query('select pg_advisory_lock(hashtext($1))', ['lianfang spec template']);
    const { rows } = await admin.query<{ ready: boolean }>('select datistemplate as ready from pg_database where datname = $1', [template]);
    if (rows[0]?.ready) return;
    await admin.query(`drop database if exists ${escapeIdentifier(template)} with (force)`);
    await provision({ adminUrl: testServerUrl(), agencies: [specAgency(agency)], passwordOf: () => PASSWORD });
    await clone(admin, { template: 'template0', name: template, owner: specLogin(agency, 'owner') });
    await migrate({ url: urlOf(agency, 'owner', template), migrations: schema.migrations });
    if (schema.fill) await fillAsOwner(urlOf(agency, 'owner', template), schema.fill);
    // Only a finished template is marked as one: a run that died in between leaves a database that the next run replaces.
    await admin.query(`alter database ${escapeIdentifier(template)} is_template true`);
  });
  return template;
}

async function fillAsOwner(url: string, fill: (owner: Client) => Promise<void>): Promise<void> {
  const owner = new Client({ connectionString: url });
  await owner.connect();
  try {
    await fill(owner);
  } finally {
    await owner.end();
  }
}

async function clone(admin: Client, { template, name, owner }: { template: string; name: string; owner: string }): Promise<void> {
  await admin.query(`create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)} owner ${escapeIdentifier(owner)}`);
  await admin.query(`revoke all on database ${escapeIdentifier(name)} from public`);
  for (const login of ['runtime', 'worker'] as const) {
    await admin.query(`grant connect on database ${escapeIdentifier(name)} to ${escapeIdentifier(owner.replace(/owner$/, login))}`);
  }
}

async function onServer<T>(work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: testServerUrl() });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function databaseUrl(database: string): string {
  const url = new URL(testServerUrl());
  url.pathname = `/${database}`;
  return url.toString();
}

function urlOf(agency: Agency, login: Login, database: string): string {
  const url = new URL(databaseUrl(database));
  url.username = specLogin(agency, login);
  url.password = PASSWORD;
  return url.toString();
}
