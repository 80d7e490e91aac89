import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { Client, type ClientConfig } from 'pg';

/** Asked so often, a statement is worth being prepared; one that is asked now and then only takes memory in every session. */
const WORTH = 5;

/** Statements that one process has prepared at most, and texts that it counts at most. */
const MOST_PREPARED = 300;
const MOST_COUNTED = 3_000;

/**
 * A connection on which the server reads and plans a statement once instead of every time: what this process asks often gets a name.
 * A list of all columns (`*`) stays unnamed, because a prepared one fails when a migration adds a column while we run.
 */
export class PreparingClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    const send = this.query.bind(this) as (...asked: unknown[]) => unknown;
    const { connection } = this as unknown as ClientInside;
    const query = (text: unknown, values?: unknown, ...rest: unknown[]): unknown => {
      const { stream } = connection;
      // Until this turn of the event loop ends: what is asked together is one packet, and a packet costs more than what is in it.
      stream.cork();
      process.nextTick(() => stream.uncork());
      const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
      return name === undefined ? send(text, values, ...rest) : send({ name, text, values }, ...rest);
    };
    // Not an override: pg declares a dozen forms of `query`, and this one passes all of them on.
    Object.assign(this, { query });
  }
}

/** What we use of pg beyond its type declarations (read in 8.23.1). */
interface ClientInside {
  readonly connection: { readonly stream: Writable };
}

const names = new Map<string, string>();
let counts = new Map<string, number>();

/** The name of a statement that is worth one. */
function nameOf(text: string): string | undefined {
  const name = names.get(text);
  if (name !== undefined || names.size >= MOST_PREPARED || listsAllColumns(text)) return name;
  const count = (counts.get(text) ?? 0) + 1;
  if (count >= WORTH) names.set(text, createHash('sha256').update(text).digest('base64url').slice(0, 22));
  if (counts.size >= MOST_COUNTED) counts = new Map();
  counts.set(text, count);
  return names.get(text);
}

const listsAllColumns = (text: string): boolean => /(?:^|[\s.,])\*(?:[\s,]|$)/.test(text);
