import { NotAuthenticated } from './not-authenticated';

/** An RSA key of the realm as its key set lists it. */
export interface RealmKey {
  readonly kid: string;
  readonly kty: 'RSA';
  readonly n: string;
  readonly e: string;
}

/** Shortest pause between two fetches in milliseconds: a rotated key is known within it, and made-up kids cost one fetch per pause. */
const PAUSE = 1_000;

/** Age in milliseconds after which the key set is fetched anew, so that a withdrawn key is forgotten. */
const OLDEST = 600_000;

/** Longest wait for the identity provider, in milliseconds. */
const TIMEOUT = 3_000;

/** Fewest base64url characters of a 2048-bit modulus. */
const SHORTEST_MODULUS = 342;

/**
 * The realm's signing keys. We fetch them and hand them to keycloak-connect, whose own fetch blocks new kids for ten seconds,
 * never times out, never forgets a key, and ends the process when the answer is not JSON.
 */
export class RealmKeys {
  private keys: readonly RealmKey[] = [];
  private fetchedAt = -Infinity;
  private askedAt = -Infinity;
  private fetching: Promise<void> | undefined;
  /** Why the last fetch failed; nothing once one succeeds. */
  private failure: NotAuthenticated | undefined;

  /** @param url the certs address of the realm · `clock` milliseconds, monotonic */
  constructor(
    private readonly url: string,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /**
   * The current keys, among them `kid`.
   *
   * @throws NotAuthenticated TOKEN_KEY_UNKNOWN, or IDENTITY_UNREACHABLE when the key set cannot be had
   */
  async withKey(kid: string): Promise<readonly RealmKey[]> {
    const has = (): boolean => this.keys.some((key) => key.kid === kid);
    if (!has() || this.clock() - this.fetchedAt > OLDEST) await this.refresh(has());
    if (!has()) throw new NotAuthenticated('TOKEN_KEY_UNKNOWN', 'the realm has no such key');
    return this.keys;
  }

  /** Fetches at most once per pause; whoever comes meanwhile waits for the same answer. A key that we know stays good while the provider is down. */
  private async refresh(isKnown: boolean): Promise<void> {
    if (this.fetching === undefined) {
      if (this.clock() - this.askedAt < PAUSE) {
        // Nothing is known about a key while the set could not be had: the holder of a good token must not be told to sign in again.
        if (this.failure && !isKnown) throw this.failure;
        return;
      }
      this.askedAt = this.clock();
      this.fetching = this.fetch().finally(() => void (this.fetching = undefined));
    }
    try {
      await this.fetching;
    } catch (error) {
      if (!isKnown) throw error;
    }
  }

  private async fetch(): Promise<void> {
    try {
      const response = await fetch(this.url, { signal: AbortSignal.timeout(TIMEOUT), redirect: 'error', headers: { accept: 'application/json' } });
      if (!response.ok) throw new Error(`expected status 200, found ${response.status}`);
      this.keys = parseKeys(await response.json());
      this.fetchedAt = this.clock();
      this.failure = undefined;
    } catch (error) {
      throw (this.failure = new NotAuthenticated('IDENTITY_UNREACHABLE', 'the key set of the identity provider could not be fetched', { cause: error }));
    }
  }
}

function parseKeys(body: unknown): RealmKey[] {
  const listed: unknown = typeof body === 'object' && body !== null && 'keys' in body ? body.keys : undefined;
  if (!Array.isArray(listed)) throw new Error('expected a JWK set with "keys"');
  return listed.filter(isSigningKey).map(({ kid, kty, n, e }) => ({ kid, kty, n, e }));
}

/** Keycloak lists its encryption key in the same set; only RSA keys for signatures count. */
function isSigningKey(key: unknown): key is RealmKey {
  if (typeof key !== 'object' || key === null) return false;
  const { kty, kid, n, e, use = 'sig', alg = 'RS256' } = key as Record<string, unknown>;
  return kty === 'RSA' && use === 'sig' && alg === 'RS256' && typeof kid === 'string' && typeof e === 'string' && typeof n === 'string' && n.length >= SHORTEST_MODULUS;
}
