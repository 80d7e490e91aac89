import { newId } from '@lianfang/database';
import { chainAfter, chainStart, messageHash } from '../batch/chain';
import { directoryContent, directoryFile } from '../directory/directory-file';
import { directoryFiles } from '../directory/generate-directory';
import { loadDirectory, signDirectory } from '../directory/load-directory';
import { localSigner } from '../signature';
import { readJsonFile, readParty, specFolder, type Party } from '../testing/deployment';
import { isReceiptFor, signReceipt, verifyReceipt, type Receipt } from './receipt';

let folder: string;
let remove: (() => Promise<void>) | undefined;
let police: Party;
let banks: Party;

beforeAll(async () => {
  ({ folder, remove } = await specFolder());
  police = await readParty(folder, 'police');
  banks = await readParty(folder, 'banks');
});

afterAll(() => remove?.());

const messages = ['one', 'two'];
const receipt = (over: Partial<Receipt> = {}): Receipt => ({
  from: 'police',
  to: 'banks',
  firstSeq: 1,
  lastSeq: 2,
  messageIds: [newId(), newId()],
  messageHashes: messages.map((jws) => messageHash(jws).toString('hex')),
  headHash: chainAfter(chainStart('police', 'banks'), messages).toString('hex'),
  receivedAt: new Date().toISOString(),
  ...over,
});

describe('a receipt', () => {
  it('verifies offline, with the directory alone, and names its messages', async () => {
    const verified = await verifyReceipt(await signReceipt(banks.signer, receipt()), police.directory);

    expect(verified).toMatchObject({ from: 'police', to: 'banks', firstSeq: 1, lastSeq: 2 });
    expect(['one', 'two', 'three'].map((jws) => isReceiptFor(verified, jws))).toEqual([true, true, false]);
  });

  it('is worth nothing when another agency than the receiver signed it', async () => {
    await expect(verifyReceipt(await signReceipt(police.signer, receipt()), police.directory)).rejects.toMatchObject({ reason: 'WRONG_SENDER' });
  });

  it('is worth nothing when it names more or fewer messages than it counts', async () => {
    await expect(verifyReceipt(await signReceipt(banks.signer, receipt({ lastSeq: 3 })), police.directory)).rejects.toMatchObject({ reason: 'MALFORMED' });
  });

  it('is worth nothing when one byte of it was flipped', async () => {
    const signed = await signReceipt(banks.signer, receipt());
    const passed: number[] = [];

    for (let place = 0; place < signed.length; place += 1) {
      const flipped = Buffer.from(signed, 'latin1');
      flipped[place] = (flipped[place] ?? 0) ^ (1 << place % 8);
      await verifyReceipt(flipped.toString('latin1'), police.directory).then(() => passed.push(place), () => undefined);
    }

    expect(passed).toEqual([]);
  });

  it('stays proven after its key is revoked, if it was given before', async () => {
    const files = directoryFiles(folder);
    const { directory: content } = directoryFile.parse(await readJsonFile(files.directory));
    const revokedAt = new Date().toISOString();
    const next = directoryContent.parse({ ...content, version: 2, keys: content.keys.map((key) => ({ ...key, revokedAt })) });
    const root = localSigner(await readJsonFile(files.rootPrivateKey));
    const directory = await loadDirectory(await signDirectory(next, root), await readJsonFile(files.rootKey));
    const given = (instant: number) => signReceipt(banks.signer, receipt({ receivedAt: new Date(instant).toISOString() }));

    await expect(verifyReceipt(await given(Date.parse(revokedAt) - 1), directory)).resolves.toMatchObject({ to: 'banks' });
    await expect(verifyReceipt(await given(Date.parse(revokedAt)), directory)).rejects.toMatchObject({ reason: 'UNKNOWN_KEY' });
  });
});
