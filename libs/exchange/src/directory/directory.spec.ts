import { readFile, stat } from 'node:fs/promises';
import { localSigner } from '../signature';
import { readJsonFile, specDeployment, specFolder } from '../testing/deployment';
import { directoryFiles, generateDirectory, generateKey, publicHalf } from './generate-directory';
import { directoryFile } from './directory-file';
import { loadDirectory, signDirectory } from './load-directory';

let folder: string;
let remove: (() => Promise<void>) | undefined;
let json: string;
let rootKey: Record<string, unknown>;

beforeAll(async () => {
  ({ folder, remove } = await specFolder());
  json = await readFile(directoryFiles(folder).directory, 'utf8');
  rootKey = await readJsonFile(directoryFiles(folder).rootKey);
});

afterAll(() => remove?.());

describe('the directory of a deployment', () => {
  it('says whose a key is, which institution belongs to whom, and where an exchange listens', async () => {
    const directory = await loadDirectory(json, rootKey);
    const { kid } = (await readJsonFile(directoryFiles(folder).signingKey('banks'))) as { kid: string };

    expect(directory.findKey(kid, { use: 'sig', at: new Date() })).toMatchObject({ agency: 'banks', institution: null });
    expect(directory.findInstitution('B001')?.agency).toBe('banks');
    expect(directory.findUnit('990101000000')?.dutyPhone).toBe('000-0001');
    expect(directory.findAddress('banks')).toBe('http://127.0.0.1:2');
  });

  it('is refused when anything in it was changed after signing', async () => {
    await expect(loadDirectory(json.replace('"B001"', '"B009"'), rootKey)).rejects.toMatchObject({ reason: 'BAD_SIGNATURE' });
  });

  it('is refused when another root signed it', async () => {
    const stranger = generateKey('root', 'ed25519');
    const { directory } = directoryFile.parse(JSON.parse(json));

    await expect(loadDirectory(await signDirectory(directory, localSigner(stranger)), rootKey)).rejects.toMatchObject({ reason: 'UNKNOWN_KEY' });
    await expect(loadDirectory(json, { ...publicHalf(stranger), kid: String(rootKey['kid']) })).rejects.toMatchObject({ reason: 'BAD_SIGNATURE' });
  });

  it('is refused when it is an older edition than the known one', async () => {
    await expect(loadDirectory(json, rootKey, { knownVersion: 2 })).rejects.toThrow('edition 1 is older than the known edition 2');
  });

  it('refuses a key outside its time, and one for another use', async () => {
    const directory = await loadDirectory(json, rootKey);
    const { kid } = (await readJsonFile(directoryFiles(folder).signingKey('banks'))) as { kid: string };

    expect(directory.findKey(kid, { use: 'enc', at: new Date() })).toBeUndefined();
    expect(directory.findKey(kid, { use: 'sig', at: new Date('2000-01-01') })).toBeUndefined();
    expect(directory.findKey(kid, { use: 'sig', at: new Date('2100-01-01') })).toBeUndefined();
  });

  it('keeps its keys in a next edition, and private keys from other users of the machine', async () => {
    const next = await generateDirectory(folder, specDeployment, new Date());

    expect(next.version).toBe(2);
    expect(next.keys.map(({ kid }) => kid)).toEqual(directoryFile.parse(JSON.parse(json)).directory.keys.map(({ kid }) => kid));
    expect((await stat(directoryFiles(folder).signingKey('police'))).mode & 0o077).toBe(0);
    expect(await readFile(directoryFiles(folder).directory, 'utf8')).not.toContain('"d"');
  });
});
