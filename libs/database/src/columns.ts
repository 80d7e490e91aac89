import { Column, PrimaryColumn } from 'typeorm';

interface Options {
  readonly nullable?: boolean;
  readonly name?: string;
}

/** Primary key `id uuid`, minted by the application with `newId()`. */
export const IdColumn = (): PropertyDecorator => PrimaryColumn({ type: 'uuid', name: 'id' });

/** Integer minor units (fen) as `bigint` in Postgres and in TypeScript. */
export const FenColumn = (options: Options = {}): PropertyDecorator =>
  Column({
    ...options,
    type: 'bigint',
    transformer: {
      to: (value: bigint | null | undefined) => (typeof value === 'bigint' ? value.toString() : value),
      from: (value: string | null) => (value === null ? null : BigInt(value)),
    },
  });

/** An instant, `timestamptz(3)` in Postgres (milliseconds, UTC) and `Date` in TypeScript. */
export const InstantColumn = (options: Options = {}): PropertyDecorator => Column({ ...options, type: 'timestamptz', precision: 3 });

/** A column of text from a closed list; the list itself is guarded by a check constraint in the migration. */
export const CodeColumn = (options: Options = {}): PropertyDecorator => Column({ ...options, type: 'text' });
