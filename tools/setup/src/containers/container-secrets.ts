import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { directoryFiles } from '@lianfang/exchange';
import { agencyApps, type AgencyApp } from '../config';
import { findDatabases, superuserSecret, type Databases } from '../databases';
import { writeDirectory, type ExchangeAddresses } from '../directory';
import { Secrets } from '../secrets';

/** Where the database and the exchanges are found. */
export interface ContainerAddresses {
  /** As in `postgres:5432`. */
  readonly postgres: string;
  readonly exchanges: ExchangeAddresses;
}

/** Where the containers find one another: the names of their services in docker-compose.yml. */
export const containerAddresses: ContainerAddresses = {
  postgres: 'postgres:5432',
  exchanges: { police: 'http://police:4101', banks: 'http://banks:4102' },
};

/** Readable by its container's account alone. */
const PRIVATE = 0o600;

/** Read by the database's container under an account of its own; nobody else mounts the volume. */
const FOR_POSTGRES = 0o644;

/**
 * Makes the development secrets of the containers below `folder`, one folder per volume: `setup/` (all), `postgres/`, `police/` and `banks/`, each of
 * which sees its own logins, sealing keys and private keys and no other agency's. What an earlier run made is kept.
 */
export async function writeContainerSecrets(folder: string, addresses = containerAddresses): Promise<void> {
  const { secrets, databases } = openContainerDatabases(folder, addresses.postgres);
  await mkdir(join(folder, 'postgres'), { recursive: true });
  await writeFile(join(folder, 'postgres', 'password'), secrets.get(superuserSecret), { mode: FOR_POSTGRES });
  await writeDirectory(join(folder, 'setup', 'directory'), addresses.exchanges);
  await Promise.all(agencyApps.map((app) => writeAgencySecrets(folder, app, databases)));
}

/** The databases of the containers and the secrets that open them. */
export function openContainerDatabases(folder: string, postgres = containerAddresses.postgres): { secrets: Secrets; databases: Databases } {
  const secrets = Secrets.open(join(folder, 'setup', 'secrets.json'));
  const adminUrl = `postgres://postgres:${secrets.get(superuserSecret)}@${postgres}/postgres`;
  const databaseUrls = Object.fromEntries(agencyApps.map((app) => [app, adminUrl]));
  return { secrets, databases: findDatabases({ ports: { postgres: 0 }, databaseUrls, secrets }) };
}

async function writeAgencySecrets(folder: string, app: AgencyApp, databases: Databases): Promise<void> {
  const own = join(folder, app);
  const [from, to] = [directoryFiles(join(folder, 'setup', 'directory')), directoryFiles(join(own, 'directory'))];
  await mkdir(join(own, 'directory'), { recursive: true });
  await writeFile(join(own, 'database-url'), databases.urlOf(app, 'runtime'), { mode: PRIVATE });
  await writeFile(join(own, 'worker-database-url'), databases.urlOf(app, 'worker'), { mode: PRIVATE });
  await writeFile(join(own, 'keyring'), databases.keyringOf(app), { mode: PRIVATE });
  await copyFile(from.directory, to.directory);
  await copyFile(from.rootKey, to.rootKey);
  await copyFile(from.signingKey(app), to.signingKey(app));
  await copyFile(from.encryptionKey(app), to.encryptionKey(app));
}
