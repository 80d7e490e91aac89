import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWords, renewGlossary } from './describe-words';

const onDisk = readFileSync(join(__dirname, '../../../docs/glossary.md'), 'utf8');
const handWritten = onDisk.slice(0, onDisk.indexOf('<!--'));

describe('docs/glossary.md', () => {
  it('lists the codes as the tables do; after a change run: npm run docs:write', () => {
    expect(onDisk).toBe(renewGlossary(onDisk));
  });

  it('gives every term in both languages with its code word', () => {
    const rows = handWritten.split('\n').filter((line) => line.startsWith('| ') && !/^\| (中文|---)/.test(line));

    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter((row) => !/^\| [^|]*\p{Script=Han}[^|]* \| [^|]+ \| [^|]+ \|/u.test(row))).toEqual([]);
  });

  it('uses one code word for one thing', () => {
    const things = handWritten.split('\n').flatMap((line) => /^\| [^|]+ \| [^|]+ \| `([^`]+)` \|/.exec(line)?.[1] ?? []);
    expect(things.filter((word, index) => things.indexOf(word) !== index)).toEqual([]);
  });

  it('keeps its hand-written part when it is made anew, and says so when its mark is gone', () => {
    expect(renewGlossary(onDisk).startsWith(handWritten)).toBe(true);
    expect(renewGlossary(onDisk).endsWith(describeWords())).toBe(true);
    expect(() => renewGlossary('# Glossary')).toThrow('put it back');
  });
});
