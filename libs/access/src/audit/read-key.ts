import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { FindKey } from './checkpoint';

/** A public key as it is handed to whoever verifies: with its kid, or for every kid when the file names none. */
export interface NamedKey {
  readonly kid: string | undefined;
  readonly key: KeyObject;
}

/**
 * Reads an Ed25519 key file: PEM (`-----BEGIN PUBLIC KEY-----`), or a JWK with its `kid`. Of a private key only the public half is used.
 * Throws when it is neither.
 */
export function readKey(text: string): NamedKey {
  const isJwk = text.trimStart().startsWith('{');
  const jwk = isJwk ? (JSON.parse(text) as JsonWebKey & { kid?: string }) : undefined;
  const key = jwk ? createPublicKey({ key: { kty: jwk.kty, crv: jwk.crv, x: jwk.x }, format: 'jwk' }) : createPublicKey(text);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`expected an Ed25519 key, found ${key.asymmetricKeyType ?? 'none'}`);
  return { kid: jwk?.kid, key };
}

/** Looks a kid up among keys; a key that names no kid serves every kid. */
export const amongKeys = (keys: readonly NamedKey[]): FindKey => (kid) => keys.find((named) => named.kid === kid || named.kid === undefined)?.key;
