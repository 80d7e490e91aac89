import type { z } from 'zod';
import { badUserInput } from './error-codes';

/** A place in an ordered list: the values of the sort columns of one row, the id last. */
export type Keyset = readonly (string | number | null)[];

/** The opaque text of a place: base64url of the JSON tuple. Holds sort values only, never personal data. */
export const cursorOf = (keyset: Keyset): string => Buffer.from(JSON.stringify(keyset)).toString('base64url');

/** Reads a cursor back; one that we did not make is BAD_USER_INPUT. */
export function readCursor<Shape extends z.ZodType>(cursor: string, shape: Shape): z.output<Shape> {
  const parsed = shape.safeParse(decode(cursor));
  if (!parsed.success) throw badUserInput('The cursor does not belong to this list: take `endCursor` or a `cursor` of an earlier page as it is.', 'after');
  return parsed.data;
}

/** The JSON inside, or nothing: a cursor comes from outside, so that broken text is an expected case. */
function decode(cursor: string): unknown {
  if (cursor.length > 1024 || !/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
