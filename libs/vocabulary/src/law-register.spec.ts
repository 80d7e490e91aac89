import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const register = readFileSync(join(__dirname, '../../../docs/law.md'), 'utf8');
const rows = register.split('\n').filter((line) => /^\| [A-Z0-9]+-\d+ \|/.test(line));
const ids = rows.map((row) => row.split(' | ')[0]?.slice(2));

describe('docs/law.md', () => {
  it('has every rule of the stop-payment notice and every deadline', () => {
    const expected = [
      ...Array.from({ length: 13 }, (_, index) => `86-${index + 1}`),
      ...Array.from({ length: 31 }, (_, index) => `DL-${String(index + 1).padStart(2, '0')}`),
    ];
    expect(expected.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('has every rule once', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('says for every rule what it is and what the system does with it', () => {
    expect(rows.filter((row) => row.split(' | ').length < 4 || row.includes('|  |'))).toEqual([]);
  });

  it('only refers to rules that it has', () => {
    const named = [...register.matchAll(/\b(?:86|DL|CP|CPL|AF|22|53|PIPL)-\d+\b/g)].map(([id]) => id);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });
});
