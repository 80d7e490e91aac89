import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Agency } from '@lianfang/vocabulary';
import type { DecryptionKey } from '../batch/wire';
import type { Directory } from '../directory/directory';
import { directoryFiles, generateDirectory, type Deployment } from '../directory/generate-directory';
import { readExchangeFiles } from '../directory/read-keys';
import type { Signer } from '../signature';

/** Police and banks of a deployment that exists for one spec. */
export const specDeployment: Deployment = {
  deployment: 'spec',
  institutions: [
    { code: 'B001', name: { zh: '甲试验银行', en: 'First Trial Bank' }, kind: 'BANK', agency: 'banks' },
    { code: 'T001', name: { zh: '试验电信', en: 'Trial Telecom' }, kind: 'PAYMENT_INSTITUTION', agency: 'telecoms' },
  ],
  units: [{ code: '990101000000', name: '试验分局', region: '990101', dutyPhone: '000-0001' }],
  exchanges: [
    { agency: 'police', address: 'http://127.0.0.1:1' },
    { agency: 'banks', address: 'http://127.0.0.1:2' },
  ],
};

/** What one agency of a spec holds. */
export interface Party {
  readonly directory: Directory;
  readonly signer: Signer;
  readonly decryptionKey: DecryptionKey;
}

/** A folder with a fresh directory and keys. Its spec removes it. */
export async function specFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'lianfang-exchange-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await generateDirectory(folder, specDeployment, new Date());
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}

/** Two agencies that have read a fresh directory and their keys; nothing of it stays on the disk. */
export async function specParties(): Promise<{ police: Party; banks: Party }> {
  const { folder, remove } = await specFolder();
  try {
    return { police: await readParty(folder, 'police'), banks: await readParty(folder, 'banks') };
  } finally {
    await remove();
  }
}

/** What one agency reads from a generated folder. */
export async function readParty(folder: string, agency: Agency): Promise<Party> {
  const files = directoryFiles(folder);
  return readExchangeFiles({ directory: files.directory, rootKey: files.rootKey, signingKey: files.signingKey(agency), encryptionKey: files.encryptionKey(agency) });
}

/** A file of a generated folder as JSON. */
export const readJsonFile = async (path: string): Promise<Record<string, unknown>> => JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
