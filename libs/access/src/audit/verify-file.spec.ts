import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { canonical } from '@lianfang/database';
import { callers } from '@lianfang/testing';
import fc from 'fast-check';
import { checkpointText } from './checkpoint';
import { checkpointLine, entryLine, headerLine } from './export-format';
import type { AuditReport } from './fault';
import { chainNext, chainStart, leafOf, type AuditContent } from './leaf';
import { verifyAuditFile } from './verify-file';

const ours = generateKeyPairSync('ed25519');
const forger = generateKeyPairSync('ed25519');
const findKey = (kid: string): KeyObject | undefined => (kid === 'police-sig-1' ? ours.publicKey : undefined);

const anEntry = (number: number): AuditContent => ({
  id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  at: new Date(Date.UTC(2026, 4, 1, 0, 0, number)),
  kind: number % 2 === 0 ? 'LOOK' : 'SEARCH',
  agency: 'police',
  actorId: callers.officer.id,
  actorAgency: 'police',
  actorUnit: callers.officer.unit,
  actorInstitution: null,
  institution: null,
  thing: 'fraud-case',
  thingId: `00000000-0000-7000-9000-${String(number).padStart(12, '0')}`,
  body: canonical({ number, words: '编号' }),
});

/** An exported trail as its lines, as the export writes them; signed by `key` if not by ours. */
function aFile(entries: readonly AuditContent[], key: KeyObject = ours.privateKey): string[] {
  let head = chainStart('police');
  const lines = entries.map((entry, index) => {
    head = chainNext(head, BigInt(index + 1), leafOf(entry));
    return entryLine(BigInt(index + 1), entry, head);
  });
  const content = { agency: 'police', seq: String(entries.length), previousSeq: '0', head, at: new Date('2026-05-02T00:00:00.000Z'), kid: 'police-sig-1' };
  return [headerLine('police'), ...lines, checkpointLine({ ...content, signature: sign(null, checkpointText(content), key) })];
}

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const bytesOf = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`, 'utf8');
const verify = (bytes: Buffer, size = 4_096): Promise<AuditReport> => verifyAuditFile(inChunks(bytes, size), { findKey });
const codes = async (lines: readonly string[]): Promise<string[]> => (await verify(bytesOf(lines))).faults.map(({ code, seq }) => `${code} at ${seq}`);

const entries = Array.from({ length: 12 }, (_, index) => anEntry(index + 1));
const file = aFile(entries);

test('a whole file is whole, however it arrives', async () => {
  for (const size of [1, 7, 100, 100_000]) expect(await verify(bytesOf(file), size)).toMatchObject({ agency: 'police', seq: '12', checkpoints: 1, faults: [] });
});

test('any one byte changed is found', async () => {
  const whole = bytesOf(file);
  const tampering = fc.record({ place: fc.nat({ max: whole.length - 1 }), byte: fc.integer({ min: 1, max: 255 }) });

  await fc.assert(
    fc.asyncProperty(tampering, async ({ place, byte }) => {
      const tampered = Buffer.from(whole);
      tampered[place] = (tampered[place] ?? 0) ^ byte;
      expect((await verify(tampered)).faults).not.toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});

test('any run of bytes cut out, doubled or slipped in is found', async () => {
  const whole = bytesOf(file);
  const tampering = fc.record({ place: fc.nat({ max: whole.length - 1 }), length: fc.integer({ min: 1, max: 400 }), kind: fc.constantFrom('cut', 'double', 'insert') });

  await fc.assert(
    fc.asyncProperty(tampering, async ({ place, length, kind }) => {
      const run = whole.subarray(place, place + length);
      const middle = { cut: [], double: [run, run], insert: [Buffer.alloc(length, 0x20), run] }[kind];
      const tampered = Buffer.concat([whole.subarray(0, place), ...middle, whole.subarray(place + length)]);
      expect((await verify(tampered)).faults).not.toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

test('any deletion, exchange, repetition or invention of lines is found', async () => {
  const tampering = fc.record({
    kind: fc.constantFrom('delete', 'swap', 'repeat', 'insert', 'truncate'),
    one: fc.integer({ min: 0, max: file.length - 1 }),
    other: fc.integer({ min: 0, max: file.length - 1 }),
  });

  await fc.assert(
    fc.asyncProperty(tampering, async ({ kind, one, other }) => {
      const lines = [...file];
      if (kind === 'delete') lines.splice(one, 1);
      if (kind === 'repeat') lines.splice(other, 0, file[one] ?? '');
      if (kind === 'insert') lines.splice(one, 0, entryLine(BigInt(one), anEntry(99), chainStart('police')));
      if (kind === 'truncate') lines.length = one;
      if (kind === 'swap') [lines[one], lines[other]] = [file[other] ?? '', file[one] ?? ''];
      fc.pre(lines.join('\n') !== file.join('\n'));
      expect(await codes(lines)).not.toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

test('any entry edited, with leaf and chain written anew from there, is found by the signature', async () => {
  const edit = fc.record({
    index: fc.nat({ max: entries.length - 1 }),
    change: fc.constantFrom<Partial<AuditContent>>({ actorId: 'somebody' }, { kind: 'EXPORT' }, { at: new Date(0) }, { thingId: null }, { body: '{}' }, { institution: 'B001' }),
    key: fc.constantFrom(forger.privateKey, ours.privateKey),
  });

  await fc.assert(
    fc.asyncProperty(edit, async ({ index, change, key }) => {
      const edited = aFile(entries.map((entry, place) => (place === index ? { ...entry, ...change } : entry)), key);
      // With the true signature carried over, or another key's: whoever has not our key cannot sign the new head.
      const lines = key === ours.privateKey ? [...edited.slice(0, -1), file.at(-1) ?? ''] : edited;
      expect(await codes(lines)).not.toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('a fault is named by line, sequence number and entry', async () => {
  const lines = [...file];
  lines[5] = (lines[5] ?? '').replace(callers.officer.id, callers.leader.id);

  expect((await verify(bytesOf(lines))).faults).toEqual([{ code: 'CHAIN_DIFFERS', seq: '5', entryId: anEntry(5).id, line: 6 }]);
});

test('a file cut before its checkpoint, an empty one and one without its header are not whole', async () => {
  expect(await codes(file.slice(0, -1))).toEqual(['FILE_CUT at 12']);
  expect(await codes(file.slice(0, 1))).toEqual(['FILE_CUT at 0']);
  expect((await verifyAuditFile(inChunks(Buffer.alloc(0), 1), { findKey })).faults.map(({ code }) => code)).toEqual(['FILE_CUT']);
  expect(await codes(file.slice(1))).toContain('FILE_MALFORMED at null');
});

test('a head that was kept elsewhere is looked for', async () => {
  const { seq, head } = await verify(bytesOf(file));
  const known = (place: string, hash: string) => verifyAuditFile(inChunks(bytesOf(file), 999), { findKey, known: { seq: place, head: hash } });

  expect((await known(seq, head)).faults).toEqual([]);
  expect((await known('13', head)).faults).toMatchObject([{ code: 'KNOWN_HEAD_MISSING', seq: '13' }]);
  expect((await known('3', head)).faults).toMatchObject([{ code: 'KNOWN_HEAD_MISSING', seq: '3' }]);
});
