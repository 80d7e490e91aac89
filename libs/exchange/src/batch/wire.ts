import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Agency } from '@lianfang/vocabulary';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { z } from 'zod';
import { NotAuthentic, partsOf, readJson } from '../signature';
import type { Directory } from '../directory/directory';

/** The private half of an agency's encryption key. */
export interface DecryptionKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

const wireHeader = z.strictObject({
  alg: z.literal('ECDH-ES'),
  enc: z.literal('A256GCM'),
  cty: z.literal('JOSE'),
  kid: z.string(),
  epk: z.strictObject({ kty: z.literal('OKP'), crv: z.literal('X25519'), x: z.string() }),
});

/** A decryption key from a private X25519 JWK with its `kid`. */
export function decryptionKeyFrom(jwk: JsonWebKey & { kid?: string }): DecryptionKey {
  if (jwk.kty !== 'OKP' || jwk.crv !== 'X25519' || !jwk.kid) throw new Error('an encryption key must be an X25519 JWK with a kid; generate one with generate-directory');
  return { kid: jwk.kid, privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) };
}

/** Encrypts a signed batch to the partner's newest valid key: a nested JWE (RFC 7519 §5.2), ECDH-ES with X25519 and AES-256-GCM. */
export function encryptBatch(signed: string, { to, directory, at }: { to: Agency; directory: Directory; at: Date }): Promise<string> {
  const key = directory.getEncryptionKey(to, at);
  return new CompactEncrypt(Buffer.from(signed, 'ascii')).setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', cty: 'JOSE', kid: key.kid }).encrypt(key.publicKey);
}

/** The signed batch in what came over the wire. Throws `NotAuthentic`. */
export async function decryptBatch(wire: string, keys: readonly DecryptionKey[]): Promise<string> {
  const [protectedHeader = ''] = partsOf(wire, 5);
  const header = wireHeader.safeParse(readJson(Buffer.from(protectedHeader, 'base64url')));
  const key = keys.find(({ kid }) => header.success && kid === header.data.kid);
  if (!key) throw new NotAuthentic('UNKNOWN_KEY');
  try {
    const { plaintext } = await compactDecrypt(wire, key.privateKey, { keyManagementAlgorithms: ['ECDH-ES'], contentEncryptionAlgorithms: ['A256GCM'] });
    return Buffer.from(plaintext).toString('ascii');
  } catch (cause) {
    throw new NotAuthentic('UNDECIPHERABLE', cause);
  }
}
