import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isErrorCode } from './error-codes';
import type { Log } from './log';

/** Apollo Server's own codes under our names. */
const renamed: Readonly<Record<string, string>> = { INTERNAL_SERVER_ERROR: 'INTERNAL', PERSISTED_QUERY_NOT_FOUND: 'PERSISTED_QUERY_NOT_SUPPORTED' };

/** What a public error may carry beside its code; anything else stays here. */
const publicDetails = ['path', 'subgraph', 'limit', 'incident', 'reason'] as const;

/**
 * Makes Apollo Server's `formatError`: an error with a code of the closed list keeps its message, without the values in it;
 * a text that the database cannot keep is the caller's to mend; any other is INTERNAL with an `incident` id that the log knows.
 */
export function errorFormatter(log: Log): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const given = formatted.extensions?.['code'];
    const code = typeof given === 'string' ? (renamed[given] ?? given) : undefined;
    const isLogged = code === 'INTERNAL' && typeof formatted.extensions?.['incident'] === 'string';
    if (!isErrorCode(code) || (code === 'INTERNAL' && !isLogged)) return { ...placeOf(formatted), ...(isUnwritable(error) ? unwritable : incident(log, error)) };
    return { message: withoutValues(formatted.message), ...placeOf(formatted), extensions: { code, ...detailsOf(formatted.extensions ?? {}) } };
  };
}

const unwritable = {
  message: 'The input holds a character that cannot be kept (U+0000), mostly from pasting; delete it and send it again.',
  extensions: { code: 'BAD_USER_INPUT' },
} as const;

/** What Postgres says of a NUL byte, in text and in JSON. */
const unwritableStates: readonly unknown[] = ['22021', '22P05'];

/** Whether the database could not even read what was typed; where a value is parsed, a refusal with its path comes first. */
function isUnwritable(error: unknown): boolean {
  const cause = error instanceof GraphQLError ? error.originalError : error;
  return cause instanceof Error && cause.name === 'QueryFailedError' && unwritableStates.includes((cause as Error & { code?: unknown }).code);
}

/** The details of an error that may be shown. */
export const detailsOf = (extensions: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(publicDetails.filter((name) => typeof extensions[name] === 'string').map((name) => [name, extensions[name]]));

const placeOf = ({ locations, path }: GraphQLFormattedError): Partial<GraphQLFormattedError> => ({ ...(locations ? { locations } : {}), ...(path ? { path } : {}) });

/** Logs an unexpected error under a fresh id and gives what the caller may see of it. */
export function incident(log: Log, error: unknown): { message: string; extensions: { code: 'INTERNAL'; incident: string } } {
  const id = randomUUID();
  log.error({ event: 'error.unexpected', incident: id, ...tellable(error) });
  return { message: `Something went wrong here. Quote incident ${id}.`, extensions: { code: 'INTERNAL', incident: id } };
}

/** What a log may hold of an error: of a database's or a parser's, never the message, which repeats values. */
export function tellable(error: unknown): Record<string, unknown> {
  const cause = error instanceof GraphQLError && error.originalError ? error.originalError : error;
  if (!(cause instanceof Error)) return { error: typeof cause };
  const fields = cause as Error & { code?: unknown; constraint?: unknown; table?: unknown; query?: unknown; driverError?: unknown };
  const repeatsValues = fields.query !== undefined || fields.driverError !== undefined || /^[0-9A-Z]{5}$/.test(String(fields.code)) || cause instanceof SyntaxError;
  return {
    error: cause.name,
    ...(typeof fields.code === 'string' ? { errorCode: fields.code } : {}),
    ...(typeof fields.constraint === 'string' ? { constraint: fields.constraint } : {}),
    ...(typeof fields.table === 'string' ? { table: fields.table } : {}),
    ...(repeatsValues ? {} : { reason: cause.message }),
    frames: (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8).map((line) => line.trim()),
    ...(cause.cause === undefined ? {} : { cause: tellable(cause.cause) }),
  };
}

/** graphql-js repeats the caller's values in its messages; an account number has no business there. */
export function withoutValues(message: string): string {
  return message
    .replace(/got invalid value [\s\S]*?(?=( at "[\w.[\]]+")?; )/, 'got an invalid value')
    .replace(/(cannot represent [^:]*?)(: | value ")[\s\S]*$/, '$1.')
    .replace(/Value "[^"]*" does not exist/, 'The value does not exist')
    .replace(/, found [\s\S]*$/, '.');
}
