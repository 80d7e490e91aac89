import type { EntityManager, EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata';
import { keyringOf } from './keyring-of';
import { bindSealed } from './sealed';

/**
 * Saves a thing whose row this transaction has locked and loaded, in one statement: every column as the thing has it now.
 * TypeORM's `save` reads the row again first, to find out what changed; under the lock nobody else can have changed it.
 * Throws when a column was not loaded, and when there is no such row that the caller may write.
 */
export async function saveLocked(manager: EntityManager, thing: { readonly id: string }): Promise<void> {
  const metadata = manager.connection.getMetadata(thing.constructor);
  bindSealed(thing, metadata, keyringOf(manager));
  const { text, columns } = updateOf(metadata);
  const values = columns.map((column) => valueOf(thing, column, manager));
  const [, count] = await manager.query<[unknown, number]>(text, [thing.id, ...values]);
  if (count !== 1) throw new Error(`save: expected one row of ${metadata.tableName} that the caller may write, found ${count}`);
}

interface Update {
  readonly text: string;
  readonly columns: readonly ColumnMetadata[];
}

const updates = new WeakMap<EntityMetadata, Update>();

/** The statement of an entity's table; its names come from the code alone. */
function updateOf(metadata: EntityMetadata): Update {
  const known = updates.get(metadata);
  if (known) return known;
  const columns = metadata.columns.filter(({ isPrimary, isUpdate }) => !isPrimary && isUpdate);
  const settings = columns.map(({ databaseName }, place) => `"${databaseName}" = $${place + 2}`);
  const made = { columns, text: `update "${metadata.tableName}" set ${settings.join(', ')} where id = $1` };
  updates.set(metadata, made);
  return made;
}

function valueOf(thing: object, column: ColumnMetadata, manager: EntityManager): unknown {
  const value: unknown = column.getEntityValue(thing);
  if (value === undefined) throw new Error(`save: ${column.entityMetadata.tableName}.${column.databaseName} was not loaded; load the whole row under its lock`);
  return manager.connection.driver.preparePersistentValue(value, column);
}
