import { Column, EventSubscriber, type EntitySubscriberInterface, type InsertEvent, type LoadEvent, type ObjectLiteral, type UpdateEvent, type EntityMetadata } from 'typeorm';
import type { Keyring, Place } from './keyring';

/** A text of personal data in an entity: encrypted in the row, opened only where a disclosure or a match needs it. */
export class Sealed {
  private constructor(
    private readonly plain: string | undefined,
    private bytes: Buffer | undefined,
    private keyring?: Keyring,
    private place?: Place,
  ) {}

  /** A text that will be sealed when its row is saved. */
  static of(plain: string): Sealed {
    return new Sealed(plain, undefined);
  }

  /** What stands in a row. */
  static fromRow(bytes: Buffer): Sealed {
    return new Sealed(undefined, bytes);
  }

  /** The text itself. Throws when the seal was moved or changed. */
  open(): string {
    if (this.plain !== undefined) return this.plain;
    if (!this.bytes || !this.keyring || !this.place) throw new Error('sealed: this value was not loaded through its entity and cannot be opened');
    return this.keyring.open(this.bytes, this.place);
  }

  /** Binds the value to its row; seals it when it is new. */
  bind(keyring: Keyring, place: Place): this {
    if (this.bytes === undefined && this.plain !== undefined) this.bytes = keyring.seal(this.plain, place);
    this.keyring = keyring;
    this.place = place;
    return this;
  }

  /** The bytes of the row; nothing before the value is bound to one. */
  toRow(): Buffer | undefined {
    return this.bytes;
  }

  /** Nothing personal ends up in a log or an error by accident. */
  toJSON(): string {
    return '[sealed]';
  }
}

const sealedColumns = new Map<unknown, string[]>();

/** A bytea column that holds a `Sealed`. The entity's primary key is a string `id` that is set before saving. */
export function SealedColumn(options: { nullable?: boolean } = {}): PropertyDecorator {
  return (target, property) => {
    const known = sealedColumns.get(target.constructor) ?? [];
    sealedColumns.set(target.constructor, [...known, String(property)]);
    Column({
      type: 'bytea',
      nullable: options.nullable ?? false,
      transformer: {
        to: (value: Sealed | null | undefined) => (value instanceof Sealed ? value.toRow() : value),
        from: (bytes: Buffer | null) => (bytes === null ? null : Sealed.fromRow(bytes)),
      },
    })(target, property);
  };
}

/** Binds every sealed value to table, column and row id as rows are saved and loaded. */
export class SealedSubscriber implements EntitySubscriberInterface {
  constructor(private readonly keyring: Keyring) {}

  beforeInsert(event: InsertEvent<ObjectLiteral>): void {
    bindSealed(event.entity, event.metadata, this.keyring);
  }

  beforeUpdate(event: UpdateEvent<ObjectLiteral>): void {
    if (event.entity) bindSealed(event.entity, event.metadata, this.keyring);
  }

  afterLoad(entity: ObjectLiteral, event?: LoadEvent<ObjectLiteral>): void {
    if (event) bindSealed(entity, event.metadata, this.keyring);
  }
}

/** Binds the sealed values of an entity to its row, and seals those that are new. */
export function bindSealed(entity: ObjectLiteral, metadata: EntityMetadata, keyring: Keyring): void {
  for (const property of sealedColumns.get(metadata.target) ?? []) {
    const value: unknown = entity[property];
    if (!(value instanceof Sealed)) continue;
    const column = metadata.findColumnWithPropertyName(property)?.databaseName ?? property;
    value.bind(keyring, { table: metadata.tableName, column, id: String(entity['id']) });
  }
}

EventSubscriber()(SealedSubscriber);
