import { createHash, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Agency } from '@lianfang/vocabulary';
import { localSigner } from '../signature';
import { directoryFile, type DirectoryContent } from './directory-file';
import { signDirectory } from './load-directory';

/** A JWK with its key id. */
export type NamedKey = JsonWebKey & { kid: string };

/** What a development deployment consists of. */
export interface Deployment {
  readonly deployment: string;
  readonly institutions: DirectoryContent['institutions'];
  readonly units: DirectoryContent['units'];
  /** One exchange and one pair of keys per agency. */
  readonly exchanges: DirectoryContent['exchanges'];
}

/** Where `generateDirectory` puts what it makes, inside its folder. */
export const directoryFiles = (folder: string) => ({
  directory: join(folder, 'directory.json'),
  rootKey: join(folder, 'root.public.json'),
  rootPrivateKey: join(folder, 'root.private.json'),
  signingKey: (agency: Agency) => join(folder, `${agency}.signing.json`),
  encryptionKey: (agency: Agency) => join(folder, `${agency}.encryption.json`),
});

/**
 * Makes a development directory with fresh keys, or a new edition with the keys that the folder already holds.
 * Private keys are readable by their owner only. A real deployment generates its keys where they are used and never in one place.
 */
export async function generateDirectory(folder: string, deployment: Deployment, now: Date): Promise<DirectoryContent> {
  const files = directoryFiles(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const root = await keyAt(files.rootPrivateKey, { name: 'root', curve: 'ed25519' });
  await writeFile(files.rootKey, JSON.stringify(publicHalf(root)));

  const keys: DirectoryContent['keys'] = [];
  for (const { agency } of deployment.exchanges) {
    keys.push(entryOf(await keyAt(files.signingKey(agency), { name: `${agency}-sig`, curve: 'ed25519' }), { agency, use: 'sig', now }));
    keys.push(entryOf(await keyAt(files.encryptionKey(agency), { name: `${agency}-enc`, curve: 'x25519' }), { agency, use: 'enc', now }));
  }
  const content: DirectoryContent = { version: (await editionAt(files.directory)) + 1, issuedAt: now.toISOString(), ...deployment, keys };
  await writeFile(files.directory, await signDirectory(content, localSigner(root)));
  return content;
}

/** Wide enough for a clock that is moved by days, and for a demo that is kept for years. */
const DAY = 86_400_000;

function entryOf(key: NamedKey, { agency, use, now }: { agency: Agency; use: 'sig' | 'enc'; now: Date }): DirectoryContent['keys'][number] {
  const after = (days: number): string => new Date(now.getTime() + days * DAY).toISOString();
  const crv = use === 'sig' ? 'Ed25519' : 'X25519';
  return { kid: key.kid, agency, institution: null, use, jwk: { kty: 'OKP', crv, x: String(key.x) }, validFrom: after(-400), validUntil: after(3_650), revokedAt: null };
}

async function keyAt(path: string, { name, curve }: { name: string; curve: 'ed25519' | 'x25519' }): Promise<NamedKey> {
  if (existsSync(path)) return JSON.parse(await readFile(path, 'utf8')) as NamedKey;
  const key = generateKey(name, curve);
  await writeFile(path, JSON.stringify(key), { mode: 0o600 });
  return key;
}

/** A fresh private key; its `kid` is the name and the beginning of the public half's SHA-256. */
export function generateKey(name: string, curve: 'ed25519' | 'x25519'): NamedKey {
  const { privateKey } = curve === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  const jwk = privateKey.export({ format: 'jwk' });
  return { ...jwk, kid: `${name}-${createHash('sha256').update(String(jwk.x)).digest('hex').slice(0, 8)}` };
}

/** A key without its private half. */
export const publicHalf = ({ kty, crv, x, kid }: NamedKey): NamedKey => ({ kty, crv, x, kid });

async function editionAt(path: string): Promise<number> {
  return existsSync(path) ? directoryFile.parse(JSON.parse(await readFile(path, 'utf8'))).directory.version : 0;
}
