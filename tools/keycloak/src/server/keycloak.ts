import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { realm } from '@lianfang/identity';
import { prepareEmbeddedPostgres, Secrets, type Supervisor } from '@lianfang/setup';
import { Client } from 'pg';
import type { KeycloakConfig } from '../config';
import { realmText } from '../realm/realm';
import { certificateStores, makeCertificates, type Certificates } from './certificates';
import { javaOptions, keycloakVersion, prepareServer } from './distribution';
import { findJava } from './java';

/** A Keycloak that runs, with the demo realm in it. */
export interface RunningKeycloak {
  /** As in `http://127.0.0.1:4080`: what KEYCLOAK_URL is set to. */
  readonly url: string;
  readonly issuer: string;
  /** The password of the administrator `admin` of the master realm. */
  readonly adminPassword: string;
  readonly certificateFolder: string;
  /** As in `Keycloak 26.7.3 on Java 21`. */
  readonly title: string;
}

/** Longest wait for the first start with a new database, in milliseconds: it makes some hundred tables. */
const READY_MS = 300_000;

/** Gets what is missing, starts Postgres and Keycloak under the supervisor, and waits until the realm answers. */
export async function startKeycloak(config: KeycloakConfig, supervisor: Supervisor, report: (line: string) => void): Promise<RunningKeycloak> {
  await mkdir(config.dataFolder, { recursive: true });
  const secrets = Secrets.open(join(config.storeFolder, 'secrets.json'));
  const java = await findJava(config, report);
  const home = await prepareServer(config, java, report);
  const certificateFolder = join(config.storeFolder, 'certificates');
  const realmFile = realmText('demo');
  await mkdir(join(home, 'data', 'import'), { recursive: true });
  await writeFile(join(home, 'data', 'import', 'lianfang-realm.json'), realmFile);
  const store = await openStore(config, { supervisor, secrets, realmFile });
  report(store.isNew ? 'starting Keycloak, with a new database for the demo realm' : 'starting Keycloak');
  const url = `http://127.0.0.1:${config.port}`;
  const issuer = `${url}/realms/${realm}`;
  const adminPassword = secrets.get("password of Keycloak's administrator");
  if (config.certificates) await makeCertificates(java, { folder: certificateFolder, password: adminPassword }, config.certificates.people);
  await supervisor.start({
    name: 'keycloak',
    command: join(home, 'bin', 'kc.sh'),
    args: ['start', '--optimized', '--import-realm', '--cache=local'],
    cwd: home,
    env: { ...config.environment, ...settings(config, { url, adminPassword, database: store.url }), ...secureSettings(config, { folder: certificateFolder, password: adminPassword }), JAVA_HOME: java.home, JAVA_OPTS_APPEND: javaOptions },
    isReady: async () => (await fetch(issuer).catch(() => undefined))?.status === 200,
    readyMs: READY_MS,
  });
  return { url, issuer, adminPassword, certificateFolder, title: `Keycloak ${keycloakVersion} on Java ${java.major}` };
}

/** Keycloak's own variables: https://www.keycloak.org/server/all-config. Secrets stand here and not among the arguments, which everybody on the machine can read. */
const settings = ({ port, portal }: KeycloakConfig, { url, adminPassword, database }: { url: string; adminPassword: string; database: URL }) => ({
  KC_HTTP_ENABLED: 'true',
  KC_HTTP_HOST: '127.0.0.1',
  KC_HTTP_PORT: String(port),
  KC_HOSTNAME: url,
  KC_DB_URL: `jdbc:postgresql://${database.host}${database.pathname}`,
  KC_DB_USERNAME: database.username,
  KC_DB_PASSWORD: database.password,
  KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
  KC_BOOTSTRAP_ADMIN_PASSWORD: adminPassword,
  PORTAL_ORIGIN: portal.byAddress,
  PORTAL_ORIGIN_BY_NAME: portal.byName,
});

/** HTTPS; the server was built to ask the browser for a certificate, and to take who shows none. */
const secureSettings = ({ certificates }: KeycloakConfig, { folder, password }: Certificates) =>
  certificates === undefined
    ? {}
    : {
        KC_HTTPS_PORT: String(certificates.port),
        KC_HTTPS_KEY_STORE_FILE: join(folder, certificateStores.server),
        KC_HTTPS_KEY_STORE_PASSWORD: password,
        KC_HTTPS_TRUST_STORE_FILE: join(folder, certificateStores.trusted),
        KC_HTTPS_TRUST_STORE_PASSWORD: password,
      };

interface StoreParts {
  readonly supervisor: Supervisor;
  readonly secrets: Secrets;
  readonly realmFile: string;
}

/**
 * Starts the server's Postgres and opens the database of this very realm file and version: Keycloak imports a realm only where there is none,
 * so a changed file gets a new database, and an unchanged one keeps who has logged in and set up a code.
 */
async function openStore({ storeFolder, postgresPort, portal }: KeycloakConfig, { supervisor, secrets, realmFile }: StoreParts): Promise<{ url: URL; isNew: boolean }> {
  const { plan, adminUrl } = await prepareEmbeddedPostgres({ dataFolder: storeFolder, port: postgresPort, password: secrets.get('password of the superuser'), throwAway: true });
  await supervisor.start(plan);
  const name = `keycloak_${createHash('sha256').update(JSON.stringify([keycloakVersion, portal, realmFile])).digest('hex').slice(0, 16)}`;
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${name}`);
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    return { url, isNew: !rowCount };
  } finally {
    await client.end();
  }
}
