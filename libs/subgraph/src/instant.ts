import { GraphQLScalarType, Kind } from 'graphql';
import { badUserInput } from './error-codes';

/** RFC 3339 in UTC with milliseconds or none, as in `2026-01-31T08:00:00.000Z`. */
const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/;

function parse(value: unknown): Date {
  const instant = typeof value === 'string' && pattern.test(value) ? new Date(value) : undefined;
  if (instant === undefined || !isSame(instant, String(value))) throw badUserInput('Expected an Instant: UTC with milliseconds, as in 2026-01-31T08:00:00.000Z.');
  return instant;
}

/** Refuses the 30th of February, which `Date` silently moves into March. */
const isSame = (instant: Date, text: string): boolean =>
  !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 19) === text.slice(0, 19);

/** The scalar of every point in time on the wire; a `Date` in TypeScript. */
export const Instant = new GraphQLScalarType<Date, string>({
  name: 'Instant',
  description: 'A point in time: RFC 3339, UTC, milliseconds, as in `2026-01-31T08:00:00.000Z`. Screens show it in +08:00.',
  serialize(value) {
    if (value instanceof Date) return value.toISOString();
    throw new TypeError(`Instant: expected a Date, found ${typeof value}`);
  },
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
});
