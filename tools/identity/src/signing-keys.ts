import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** What the provider must remember between runs so that tokens and cookies outlive a restart. */
export interface Keys {
  /** RSA keys as JWK, newest first: the first signs, all are published so that older tokens still verify. */
  readonly signing: readonly JWK[];
  readonly cookie: string;
}

/** One key signs, one is still published: a token lives five minutes, so more are never needed. */
const publishedKeys = 2;

/** Loads the keys of `folder`, or makes them on the first run. The file is readable by its owner only (0600). */
export async function loadKeys(folder: string): Promise<Keys> {
  const stored = await readFile(fileOf(folder), 'utf8').catch(nothingWhenMissing);
  if (stored !== undefined) return JSON.parse(stored) as Keys;
  return storeKeys(folder, { signing: [await newSigningKey()], cookie: randomBytes(32).toString('base64url') });
}

/** Puts a new signing key before the present one, which stays published. */
export async function rotateKeys(folder: string): Promise<Keys> {
  const { signing, cookie } = await loadKeys(folder);
  return storeKeys(folder, { signing: [await newSigningKey(), ...signing].slice(0, publishedKeys), cookie });
}

async function newSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomBytes(16).toString('base64url'), use: 'sig', alg: 'RS256' };
}

async function storeKeys(folder: string, keys: Keys): Promise<Keys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Written beside and renamed: a process killed in mid-write leaves the old file whole.
  await writeFile(`${fileOf(folder)}.new`, JSON.stringify(keys, null, 2), { mode: 0o600 });
  await rename(`${fileOf(folder)}.new`, fileOf(folder));
  return keys;
}

const fileOf = (folder: string): string => join(folder, 'keys.json');

function nothingWhenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
