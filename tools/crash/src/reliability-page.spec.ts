import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@lianfang/setup';
import { writePage } from './reliability-page';
import { rows } from './rows';
import type { Outcome } from './run-rows';

const page = readFileSync(join(root, 'docs', 'reliability.md'), 'utf8');
const [row] = rows;
const outcome = (accidents: number): Outcome => {
  if (!row) throw new Error('the matrix has no row');
  return { row, design: 'Lianfang', seed: 7, accidents, breaches: [{ invariant: 'I2', what: 'twice' }], checked: ['I1', 'I2'], fault: null, seconds: 3 };
};

describe('the page of reliability', () => {
  it('lists the fail points, the rows and the invariants as the code has them', () => {
    expect(writePage(page, [], '')).toBe(page);
  });

  it('keeps the last run of each row', () => {
    const twice = writePage(writePage(page, [outcome(1)], '2026-01-01'), [outcome(2)], '2026-01-02');
    const lines = twice.split('\n').filter((line) => line.startsWith(`| ${row?.name} | Lianfang |`));

    expect(lines).toEqual([`| ${row?.name} | Lianfang | 2 | ✓ | ✗ 1 | – | – | – | – | – | – | – | 3 | 7 | 2026-01-02 |`]);
  });
});
