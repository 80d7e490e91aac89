import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { canonical, sha256 } from '@lianfang/database';
import { NotAuthentic, readJson, readKid, signCompact, verifyWith, type Signer } from '../signature';
import { Directory } from './directory';
import { directoryContent, directoryFile, type DirectoryContent } from './directory-file';

/** The root's public key: the one thing that each agency receives by another way than the directory. */
export type RootKey = JsonWebKey & { kid?: string };

/**
 * Reads a signed directory. Throws when the root did not sign it, when its form is wrong, or when it is an older edition than `knownVersion`.
 *
 * @param json the text of `directory.json`
 * @param rootKey public Ed25519 JWK with its `kid`
 */
export async function loadDirectory(json: string, rootKey: RootKey, { knownVersion = 0 }: { knownVersion?: number } = {}): Promise<Directory> {
  const file = directoryFile.safeParse(readJson(Buffer.from(json, 'utf8')));
  if (!file.success) throw new Error(`directory: not in the expected form at ${file.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
  const content = canonical(file.data.directory);
  const [header, , signature] = file.data.signature.split('.');
  const signed = `${header}.${Buffer.from(content).toString('base64url')}.${signature}`;
  if (readKid(signed, 'lianfang-directory') !== rootKey.kid) throw new NotAuthentic('UNKNOWN_KEY');
  await verifyWith(signed, createPublicKey({ key: rootKey, format: 'jwk' }));
  if (file.data.directory.version < knownVersion) {
    throw new Error(`directory: edition ${file.data.directory.version} is older than the known edition ${knownVersion}; fetch the current one`);
  }
  return new Directory(file.data.directory, sha256(content).toString('hex'));
}

/** The text of `directory.json`: the content and the root's signature. */
export async function signDirectory(content: DirectoryContent, root: Signer): Promise<string> {
  const [header, , signature] = (await signCompact(root, 'lianfang-directory', canonical(directoryContent.parse(content)))).split('.');
  return `${JSON.stringify({ directory: content, signature: `${header}..${signature}` }, null, 2)}\n`;
}
