import { readCommandLine } from './command-line';
import { tellOutcome } from './tell-outcome';

const told = (outcome: Parameters<typeof tellOutcome>[1]): { code: number; text: string } => {
  const lines: string[] = [];
  const code = tellOutcome((line) => void lines.push(line), outcome, 2);
  return { code, text: lines.join('\n') };
};

describe("the importer's command line", () => {
  it('takes a format and a folder, the demo institutions unless others are named, and the format as the name', () => {
    expect(readCommandLine(['--format', 'finbench', '/data'])).toMatchObject({
      format: { name: 'finbench' }, source: { folder: '/data', name: 'finbench', institutions: ['B001', 'B002', 'B003', 'P001'] }, dryRun: false,
    });
    expect(readCommandLine(['--format', 'lianfang', '/data', '--dry-run', '--institutions', 'B001, B002', '--name', 'demo'])).toMatchObject({
      source: { name: 'demo', institutions: ['B001', 'B002'] }, dryRun: true,
    });
  });

  it.each([
    ['no format', ['/data'], /expected --format finbench or --format lianfang, found none/],
    ['an unknown format', ['--format', 'excel', '/data'], /found "excel"/],
    ['no folder', ['--format', 'finbench'], /one folder/],
    ['two folders', ['--format', 'finbench', '/a', '/b'], /one folder/],
    ['an institution twice', ['--format', 'finbench', '/a', '--institutions', 'B001,B001'], /--institutions/],
    ['no institution', ['--format', 'finbench', '/a', '--institutions', ','], /--institutions/],
    ['a name with a space', ['--format', 'finbench', '/a', '--name', 'a b'], /--name/],
    ['an unknown option', ['--format', 'finbench', '/a', '--skip'], /--skip/],
  ])('says what is wrong with %s', (_, args, sentence) => {
    expect(readCommandLine(args)).toMatch(sentence);
  });
});

describe('the end of an import', () => {
  it('tells counts, sums and rows per second', () => {
    const { code, text } = told({ outcome: 'IMPORTED', accounts: 3, movements: 1_000, resumedAt: 0, openings: 10_000n, total: 9_000n });

    expect(code).toBe(0);
    expect(text).toMatch(/imported 3 accounts and 1000 movements\nopening balances ¥100\.00, balances now ¥90\.00.*\n2\.0 s, 500 rows\/s, at most \d+ MB/);
  });

  it.each([
    [{ outcome: 'ALREADY_IMPORTED', at: new Date('2026-05-01T00:00:00Z') } as const, 0, /already imported at 2026-05-01T00:00:00.000Z: nothing changed/],
    [{ outcome: 'CHANGED', files: ['Account.csv'], isFinished: true } as const, 1, /Account\.csv changed since the import of this name was finished: nothing is written/],
    [{ outcome: 'PROBLEMS', problems: [{ file: 'Account.csv', line: 7, text: 'bad' }], count: 5 } as const, 1, /Account\.csv:7: bad\n5 bad rows, the first 1 shown: nothing is written/],
  ])('tells $outcome', (outcome, expected, sentence) => {
    const { code, text } = told(outcome);

    expect(code).toBe(expected);
    expect(text).toMatch(sentence);
  });
});
