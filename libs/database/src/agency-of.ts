import type { Agency } from '@lianfang/vocabulary';
import type { DataSource, EntityManager } from 'typeorm';

const agencies = new WeakMap<DataSource, Agency>();

/** Remembers beside a data source whose database it is. */
export const rememberAgency = (source: DataSource, agency: Agency): void => void agencies.set(source, agency);

/** The agency whose database a manager works on; who acts there may belong to another. Throws for a manager that was not opened by `Database`. */
export function agencyOf({ connection }: EntityManager): Agency {
  const agency = agencies.get(connection);
  if (!agency) throw new Error('agency: this manager was not opened by Database.open');
  return agency;
}
