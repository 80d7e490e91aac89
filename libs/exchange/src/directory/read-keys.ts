import { readFile } from 'node:fs/promises';
import { decryptionKeyFrom, type DecryptionKey } from '../batch/wire';
import { localSigner, type Signer } from '../signature';
import type { Directory } from './directory';
import { loadDirectory, type RootKey } from './load-directory';
import type { NamedKey } from './generate-directory';

/** Where an app finds its directory and its own keys; paths of its configuration. */
export interface ExchangeFiles {
  readonly directory: string;
  readonly rootKey: string;
  readonly signingKey: string;
  readonly encryptionKey: string;
}

/** What an app needs to take part in the exchange, read from its files. Throws when one is missing, forged or of another kind. */
export async function readExchangeFiles(files: ExchangeFiles): Promise<{ directory: Directory; signer: Signer; decryptionKey: DecryptionKey }> {
  const rootKey = (await readJwk(files.rootKey)) as RootKey;
  return {
    directory: await loadDirectory(await readFile(files.directory, 'utf8'), rootKey),
    signer: localSigner(await readJwk(files.signingKey)),
    decryptionKey: decryptionKeyFrom(await readJwk(files.encryptionKey)),
  };
}

const readJwk = async (path: string): Promise<NamedKey> => JSON.parse(await readFile(path, 'utf8')) as NamedKey;
