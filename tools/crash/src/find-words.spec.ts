import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findWords } from './find-words';

const word = '甲虚构三一';
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'lianfang-words-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each<readonly [string, string]>([
  ['as it is', word],
  ['in hex', Buffer.from(word).toString('hex')],
  ['in capital hex', Buffer.from(word).toString('hex').toUpperCase()],
  ...[0, 1, 2].map((before) => [`in base64, ${before} bytes after a beginning`, Buffer.from(`${'x'.repeat(before)}${word}yz`).toString('base64')] as const),
])('a word in a file is found %s', (_, written) => {
  writeFileSync(join(folder, 'some.log'), `before ${written} after`);

  expect(findWords(folder, [word]).found).toEqual(['some.log: 1']);
});

test('a file without the word is searched and not named', () => {
  writeFileSync(join(folder, 'some.log'), '甲虚构三二');

  expect(findWords(folder, [word])).toEqual({ files: 1, bytes: 15, found: [] });
});
