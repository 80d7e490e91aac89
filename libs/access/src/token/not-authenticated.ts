/** Why a token was not accepted. */
export const notAuthenticatedCodes = [
  'TOKEN_MISSING', 'TOKEN_MALFORMED', 'TOKEN_ALGORITHM', 'TOKEN_HEADER', 'TOKEN_KEY_UNKNOWN', 'TOKEN_SIGNATURE', 'TOKEN_TYPE', 'TOKEN_ISSUER',
  'TOKEN_AUDIENCE', 'TOKEN_CLIENT', 'TOKEN_EXPIRED', 'TOKEN_NOT_YET_VALID', 'TOKEN_LIFE_TOO_LONG', 'TOKEN_TIMES_MISSING', 'IDENTITY_UNREACHABLE',
  'NO_ROLE', 'ROLES_CONFLICT', 'WRONG_AGENCY', 'UNIT_MISSING', 'INSTITUTION_MISSING', 'CLAIMS_MALFORMED',
] as const;

/** A code of `NotAuthenticated`, as in `TOKEN_EXPIRED`. */
export type NotAuthenticatedCode = (typeof notAuthenticatedCodes)[number];

/** The caller could not be proven. `reason` explains to an operator what was expected; it never quotes the token. */
export class NotAuthenticated extends Error {
  constructor(
    readonly code: NotAuthenticatedCode,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${reason}`, options);
    this.name = 'NotAuthenticated';
  }
}
