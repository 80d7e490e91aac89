import { GraphQLError } from 'graphql';

/** Every code that an error of our servers may carry in `extensions.code`, with the HTTP status of an answer without data. Closed: another code leaves as INTERNAL. */
export const errorCodes = {
  /** No token, or one that does not hold. */
  UNAUTHENTICATED: 401,
  /** The caller is known but may not read the field or call the action at all. */
  FORBIDDEN: 403,
  /** The input has the wrong shape; wrong values are refusals instead. */
  BAD_USER_INPUT: 400,
  /** The HTTP request is no GraphQL request: wrong body, parameter, operation name. */
  BAD_REQUEST: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  OPERATION_RESOLUTION_FAILURE: 400,
  PERSISTED_QUERY_NOT_SUPPORTED: 400,
  /** The document is deeper, wider or longer than the limits allow. */
  QUERY_TOO_COMPLEX: 400,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  /** The caller asks for so much at once that others would wait for him; try again in a second. */
  TOO_MANY_REQUESTS: 429,
  /** One agency's subgraph is down, slow or answers rubbish; the rest of the answer stands. */
  SUBGRAPH_UNAVAILABLE: 502,
  /** The server is starting, draining or full; try again. */
  UNAVAILABLE: 503,
  TIMEOUT: 504,
  /** Anything unexpected: the answer carries an `incident` id, the log the rest. */
  INTERNAL: 500,
} as const;

/** A code of the closed list, as in `FORBIDDEN`. */
export type ErrorCode = keyof typeof errorCodes;

/** Whether a value from outside is a code of the closed list. */
export const isErrorCode = (value: unknown): value is ErrorCode => typeof value === 'string' && Object.hasOwn(errorCodes, value);

/** An error of one field that may be shown to the caller: its message must hold no personal data, no SQL and no address. The rest of the answer stands. */
export const publicError = (code: ErrorCode, message: string, details: Readonly<Record<string, string>> = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { ...details, code } });

/** An error that refuses the whole request: like `publicError`, with the HTTP status of its code. */
export const requestError = (code: ErrorCode, message: string, details: Readonly<Record<string, string>> = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { ...details, code, http: { status: errorCodes[code] } } });

/** The error for input of the wrong shape. `path` is where, as in `first`. */
export const badUserInput = (message: string, path?: string): GraphQLError => publicError('BAD_USER_INPUT', message, path === undefined ? {} : { path });
