import type { DataSource, EntityManager } from 'typeorm';
import type { Keyring } from './keyring';

const keyrings = new WeakMap<DataSource, Keyring>();

/** Remembers the agency's keys beside its data source. */
export const rememberKeyring = (source: DataSource, keyring: Keyring): void => void keyrings.set(source, keyring);

/** The keys of the agency whose database a manager works on. Throws for a manager that was not opened by `Database`. */
export function keyringOf({ connection }: EntityManager): Keyring {
  const keyring = keyrings.get(connection);
  if (!keyring) throw new Error('keyring: this manager was not opened by Database.open');
  return keyring;
}
