import { createPrivateKey, sign as signWith, verify as verifyAsync, type JsonWebKey } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Directory, DirectoryKey } from './directory/directory';

/** Who can sign for an agency: a key in a file, or a hardware module behind the same two words. */
export interface Signer {
  /** Id of the public half in the directory. */
  readonly kid: string;
  /** The Ed25519 signature (64 bytes) of `bytes`. */
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** What a signature stands on; as `typ` in the protected header, so that no kind can be passed off as another. */
export type SignedKind = 'lianfang-message' | 'lianfang-batch' | 'lianfang-receipt' | 'lianfang-expectation' | 'lianfang-directory';

/** Thrown when something from outside is not what a partner signed; `reason` is a closed code and carries nothing of the content. */
export class NotAuthentic extends Error {
  constructor(readonly reason: 'MALFORMED' | 'UNKNOWN_KEY' | 'BAD_SIGNATURE' | 'WRONG_SENDER' | 'WRONG_RECIPIENT' | 'UNDECIPHERABLE', cause?: unknown) {
    super(`not authentic: ${reason}`, { cause });
    this.name = 'NotAuthentic';
  }
}

/** A header with anything more (`jwk`, `jku`, `x5u`, `crit` …) is refused: the key comes from the directory and from nowhere else. */
const protectedHeader = z.strictObject({ alg: z.literal('EdDSA'), kid: z.string().min(1).max(100), typ: z.string() });

/** A signer from a private Ed25519 JWK with its `kid`. */
export function localSigner(jwk: JsonWebKey & { kid?: string }): Signer {
  if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.kid) throw new Error('a signing key must be an Ed25519 JWK with a kid; generate one with generate-directory');
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return { kid: jwk.kid, sign: (bytes) => signWith(null, bytes, key) };
}

/** Signs `payload` as a JWS in compact form (RFC 7515, EdDSA of RFC 8037). */
export async function signCompact(signer: Signer, kind: SignedKind, payload: string | Uint8Array): Promise<string> {
  const signed = `${encode(JSON.stringify({ alg: 'EdDSA', kid: signer.kid, typ: kind }))}.${encode(payload)}`;
  return `${signed}.${encode(await signer.sign(Buffer.from(signed, 'ascii')))}`;
}

/** Checks a JWS in compact form and returns its payload with the directory's entry of the key. Throws `NotAuthentic`. */
export async function verifyCompact(jws: string, { kind, directory, at }: { kind: SignedKind; directory: Directory; at: Date }): Promise<{ payload: Buffer; key: DirectoryKey }> {
  const key = directory.findKey(readKid(jws, kind), { use: 'sig', at });
  if (!key) throw new NotAuthentic('UNKNOWN_KEY');
  return { payload: await verifyWith(jws, key.publicKey), key };
}

/**
 * Checks a JWS, whose form and header `readKid` has checked, against one public key whose trust was settled elsewhere (the directory's root key).
 * Throws `NotAuthentic`.
 */
export async function verifyWith(jws: string, publicKey: DirectoryKey['publicKey']): Promise<Buffer> {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const isGenuine = publicKey.asymmetricKeyType === 'ed25519' && (await verifyBytes(null, Buffer.from(`${header}.${payload}`, 'ascii'), publicKey, Buffer.from(signature, 'base64url')));
  if (!isGenuine) throw new NotAuthentic('BAD_SIGNATURE');
  return Buffer.from(payload, 'base64url');
}

/** In Node's thread pool: a batch is verified by several threads, and people's requests go on meanwhile. */
const verifyBytes = promisify(verifyAsync);

/** The key id that a JWS of this kind names, after its form has been checked. Throws `NotAuthentic`. */
export function readKid(jws: string, kind: SignedKind): string {
  const [named = ''] = partsOf(jws, 3);
  const header = protectedHeader.safeParse(readJson(Buffer.from(named, 'base64url')));
  if (!header.success || header.data.typ !== kind) throw new NotAuthentic('MALFORMED');
  return header.data.kid;
}

/** The longest header, in characters; ours have about 200. */
const LONGEST_HEADER = 1_000;

/** The parts of a compact text. Throws `NotAuthentic` before the size of anything that nobody has signed can cost more than a look at it. */
export function partsOf(compact: string, count: number): string[] {
  const parts = compact.split('.', count + 1);
  if (parts.length !== count || (parts[0]?.length ?? 0) > LONGEST_HEADER || !parts.every(isCanonical)) throw new NotAuthentic('MALFORMED');
  return parts;
}

/** Base64url has spare bits in its last letter: without this check two texts would carry one signature, and a flipped byte could pass. */
const isCanonical = (part: string): boolean => encode(Buffer.from(part, 'base64url')) === part;

/** JSON from outside, or `undefined` when it is none. */
export function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

const encode = (content: string | Uint8Array): string => Buffer.from(content as Uint8Array).toString('base64url');
