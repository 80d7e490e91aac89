import { NotAuthenticated } from './not-authenticated';

/** What a token must say, beside a good signature. */
export interface Expectation {
  readonly issuer: string;
  readonly audience: string;
  /** Clients whose tokens are accepted (`azp`). */
  readonly clients: readonly string[];
}

/** A token's parts after parsing, before its signature is checked. */
export interface ParsedToken {
  readonly kid: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Seconds since 1970, as in the token. */
  readonly exp: number;
}

/** Longest token that we look at, in characters: ours have about 1,200; headers of more than 16 kB never arrive anyway. */
const LONGEST = 8_192;

/** Longest life of an access token, in seconds: five minutes (architecture: a withdrawn role stops within them). */
const LONGEST_LIFE = 300;

/** How far the clocks of issuer and verifier may differ, in seconds. */
const LEEWAY = 5;

/** Header fields by which a token would bring its own key, or demand what we do not implement (RFC 8725 §3.10, RFC 7515 §4.1.11). */
const forbiddenHeaders = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc'];

/**
 * Everything about a token that keycloak-connect does not check: it ignores `alg`, a missing `exp` and `nbf`, and knows no `azp`.
 *
 * @param now seconds since 1970
 * @throws NotAuthenticated with a TOKEN_… code
 */
export function checkToken(token: string, expected: Expectation, now: number): ParsedToken {
  const { header, claims } = parse(token);
  const kid = checkHeader(header);
  checkPurpose(claims, expected);
  return { kid, claims, exp: checkTimes(claims, now) };
}

function parse(token: string): { header: Record<string, unknown>; claims: Record<string, unknown> } {
  const parts = token.split('.');
  const [header = '', claims = ''] = parts;
  if (token.length > LONGEST || parts.length !== 3 || !parts.every((part) => /^[A-Za-z0-9_-]+$/.test(part))) {
    throw new NotAuthenticated('TOKEN_MALFORMED', 'expected a JWS of three base64url parts');
  }
  return { header: parsePart(header), claims: parsePart(claims) };
}

function parsePart(part: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    // The parser's error would quote the token's text; its reader needs only to know which shape was expected.
    throw new NotAuthenticated('TOKEN_MALFORMED', 'header and claims must be JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new NotAuthenticated('TOKEN_MALFORMED', 'header and claims must be JSON objects');
  return Object.assign(Object.create(null), value) as Record<string, unknown>;
}

function checkHeader(header: Record<string, unknown>): string {
  if (header['alg'] !== 'RS256') throw new NotAuthenticated('TOKEN_ALGORITHM', 'expected RS256');
  if (forbiddenHeaders.some((name) => name in header)) throw new NotAuthenticated('TOKEN_HEADER', `none of ${forbiddenHeaders.join(', ')} may stand in the header`);
  const { kid } = header;
  if (typeof kid !== 'string' || !/^[\w.:+/=-]{1,128}$/.test(kid)) throw new NotAuthenticated('TOKEN_HEADER', 'expected a kid');
  return kid;
}

function checkPurpose(claims: Record<string, unknown>, { issuer, audience, clients }: Expectation): void {
  const { typ, iss, aud, azp } = claims;
  if (typ !== 'Bearer') throw new NotAuthenticated('TOKEN_TYPE', 'expected an access token (typ Bearer), not an id or refresh token');
  if (iss !== issuer) throw new NotAuthenticated('TOKEN_ISSUER', `expected issuer ${issuer}`);
  if (!(Array.isArray(aud) ? aud : [aud]).includes(audience)) throw new NotAuthenticated('TOKEN_AUDIENCE', `expected audience ${audience}`);
  if (typeof azp !== 'string' || !clients.includes(azp)) throw new NotAuthenticated('TOKEN_CLIENT', 'the client (azp) is not one that may call us');
}

function checkTimes({ exp, iat, nbf }: Record<string, unknown>, now: number): number {
  if (!isInstant(exp) || !isInstant(iat) || (nbf !== undefined && !isInstant(nbf))) throw new NotAuthenticated('TOKEN_TIMES_MISSING', 'expected exp and iat in seconds');
  if (exp <= now) throw new NotAuthenticated('TOKEN_EXPIRED', 'log in again or refresh the token');
  if (iat > now + LEEWAY || (nbf ?? iat) > now + LEEWAY) throw new NotAuthenticated('TOKEN_NOT_YET_VALID', "compare this machine's clock with the identity provider's");
  if (exp - iat > LONGEST_LIFE + LEEWAY) throw new NotAuthenticated('TOKEN_LIFE_TOO_LONG', `set the realm's access token life to at most ${LONGEST_LIFE} seconds`);
  return exp;
}

const isInstant = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
