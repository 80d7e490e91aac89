import type { Database, Reading } from '@lianfang/database';
import type { Caller, Clock } from '@lianfang/vocabulary';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';

/** The doors of the database that a request goes through: one for reading, one for acting. */
export type CallerDoors = Pick<Database, 'asCaller' | 'openReading'>;

/** Reads many at once: as many results as keys, in their order; null for what is not there or not the caller's to see. */
export type Batch<Key, Value> = (keys: readonly Key[], context: RequestContext) => Promise<readonly (Value | null)[]>;

/** What every resolver gets as its context: one per request, gone with its answer. */
export interface RequestContext {
  readonly caller: Caller;
  readonly clock: Clock;
  /** UUID that stands in every log line of the request. */
  readonly requestId: string;
  /** The request's read transaction in the caller's name; opened by the first read, closed when the answer is sent. */
  manager(): Promise<EntityManager>;
  /** Runs an action in its own transaction, committed before the answer's fields are read; reads after it see what it changed. */
  act<Outcome>(work: (manager: EntityManager) => Promise<Outcome>): Promise<Outcome>;
  /** The request's loader of a batch function; the function itself is the key, so it stands at the top of its file. */
  loader<Key, Value>(batch: Batch<Key, Value>): DataLoader<Key, Value | null>;
}

/** A context and the end of its life. */
export interface OpenContext {
  readonly context: RequestContext;
  /** Ends the read transaction; call it once, whatever the outcome. */
  close(): Promise<void>;
}

/** What a request's context is made from. */
export interface ContextParts {
  readonly caller: Caller;
  readonly clock: Clock;
  readonly requestId: string;
  readonly database: CallerDoors;
}

/** Opens the context of one request. */
export function openContext({ caller, clock, requestId, database }: ContextParts): OpenContext {
  let reading: Promise<Reading> | undefined;
  let loaders = new Map<unknown, unknown>();

  const close = async (): Promise<void> => {
    const ending = reading;
    reading = undefined;
    loaders = new Map();
    // A door that did not open was already told to the resolver that asked for it.
    await ending?.then((open) => open.close(), () => undefined);
  };
  const context: RequestContext = {
    caller,
    clock,
    requestId,
    manager: async () => (await (reading ??= database.openReading(caller))).manager,
    async act(work) {
      await close();
      return database.asCaller(caller, work);
    },
    loader<Key, Value>(batch: Batch<Key, Value>) {
      const loader = loaders.get(batch) ?? new DataLoader<Key, Value | null>((keys) => batch(keys, context));
      loaders.set(batch, loader);
      return loader as DataLoader<Key, Value | null>;
    },
  };
  return { context, close };
}
