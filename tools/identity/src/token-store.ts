import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Entries after which the expired ones are swept: keeps memory flat through a day of demo logins. */
const sweepAt = 5_000;

/**
 * Sessions, codes, grants and refresh tokens, in memory. Shared by the provider before and after a key rotation,
 * so that nobody has to log in again; gone after a restart, which access tokens survive.
 */
export class TokenStore {
  readonly #entries = new Map<string, Entry>();

  /** The adapter that oidc-provider asks for by model name, as in `Session`. */
  readonly adapterFor = (model: string): Adapter => ({
    upsert: async (id, payload, expiresIn) => this.#put(`${model}:${id}`, payload, expiresIn),
    find: async (id) => this.#find(`${model}:${id}`),
    findByUid: async (uid) => this.#findWhere(model, (payload) => payload.uid === uid),
    findByUserCode: async (userCode) => this.#findWhere(model, (payload) => payload.userCode === userCode),
    consume: async (id) => void Object.assign(this.#find(`${model}:${id}`) ?? {}, { consumed: Math.floor(Date.now() / 1000) }),
    destroy: async (id) => void this.#entries.delete(`${model}:${id}`),
    revokeByGrantId: async (grantId) => this.#dropGrant(grantId),
  });

  /** Drops everything that an account holds: sessions, grants, refresh tokens. */
  dropAccount(accountId: string): void {
    for (const [key, { payload }] of this.#entries) {
      if (payload.accountId === accountId) this.#entries.delete(key);
    }
  }

  #put(key: string, payload: AdapterPayload, expiresInSeconds: number | undefined): void {
    if (this.#entries.size > sweepAt) this.#sweep();
    this.#entries.set(key, { payload, expiresAt: expiresInSeconds === undefined ? Infinity : Date.now() + expiresInSeconds * 1000 });
  }

  #find(key: string): AdapterPayload | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.expiresAt > Date.now() ? entry.payload : undefined;
  }

  #findWhere(model: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, { payload }] of this.#entries) {
      if (key.startsWith(`${model}:`) && matches(payload)) return this.#find(key);
    }
    return undefined;
  }

  #dropGrant(grantId: string): void {
    for (const [key, { payload }] of this.#entries) {
      if (payload.grantId === grantId) this.#entries.delete(key);
    }
  }

  #sweep(): void {
    const now = Date.now();
    for (const [key, { expiresAt }] of this.#entries) {
      if (expiresAt <= now) this.#entries.delete(key);
    }
  }
}
