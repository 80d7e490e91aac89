import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as vocabulary from './index';

const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));

/** Texts that broke parsers elsewhere: very long, nested, mixed scripts, lone surrogates. */
const hostile = [
  '', ' ', '1,'.repeat(50_000), '+'.repeat(100_000), '00'.repeat(50_000), '张 '.repeat(50_000), '(('.repeat(50_000),
  '\ud800', '\u0000', '{}', '9'.repeat(100_000) + 'x',
];

describe('the vocabulary', () => {
  it('runs in a browser: no Node, no decorators, no environment', () => {
    const impure = files.filter((file) => /from 'node:|require\(|process\.|Buffer\.|^\s*@[A-Z]\w+\(/m.test(readFileSync(join(__dirname, file), 'utf8')));
    expect(impure).toEqual([]);
  });

  it('never asks the machine for the hour outside its clock', () => {
    const askers = files.filter((file) => file !== 'clock.ts' && /Date\.now\(|new Date\(\)/.test(readFileSync(join(__dirname, file), 'utf8')));
    expect(askers).toEqual([]);
  });

  it('answers every text with a value or a refusal, and soon', () => {
    const now = new Date('2026-05-01T00:00:00Z');
    const parsers: ((text: string) => unknown)[] = [
      (text) => vocabulary.parseYuan(text, 'x'),
      (text) => vocabulary.parsePhoneNumber(text, 'x'),
      (text) => vocabulary.parseAccountNumber(text, 'x'),
      (text) => vocabulary.parseInstant(text, 'x'),
      (text) => vocabulary.parsePersonName(text, 'x'),
      (text) => vocabulary.parseHolderName(text, 'x'),
      (text) => vocabulary.parseCitizenId(text, 'x', now),
      (text) => vocabulary.parseRegion(text, 'x'),
      (text) => vocabulary.parseDocumentNumber(text, 'x'),
      (text) => vocabulary.parseSocialCreditCode(text, 'x'),
      (text) => vocabulary.parseBankBranchCode(text, 'x'),
      (text) => vocabulary.parsePoliceUnitCode(text, 'x'),
      (text) => vocabulary.parseSha256Hash(text, 'x'),
      (text) => vocabulary.parseCryptoAddress(text, 'TRON', 'x'),
      (text) => vocabulary.parseIdDocument({ kind: 'OTHER', number: text }, 'x', now),
    ];
    const started = performance.now();

    for (const parse of parsers) for (const text of hostile) expect(vocabulary.isRefusal(parse(text))).toBe(true);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
