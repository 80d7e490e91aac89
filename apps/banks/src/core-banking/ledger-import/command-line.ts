import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { finbenchFormat } from './finbench-format';
import type { ImportCommand } from './import-ledger';
import { lianfangFormat } from './lianfang-format';

/** What the importer prints for a command line that it does not understand. */
export const usage = `Reads accounts and movements into the built-in ledger.

  npm run ledger:import -- --format finbench DIR     sample data of the LDBC FinBench driver
  npm run ledger:import -- --format lianfang DIR     our own accounts.csv and entries.csv

  --dry-run                    checks every row, writes nothing
  --institutions B001,B002     the institutions that keep the accounts (default B001,B002,B003,P001)
  --name NAME                  names the import (default: the format); the same name again goes on or changes nothing

A killed import goes on when it is started again. Any bad row: nothing is imported.
`;

const formats = { finbench: { ...finbenchFormat, name: 'finbench' }, lianfang: { ...lianfangFormat, name: 'lianfang' } } as const;

/** Reads the command line; a text says what is wrong with it. */
export function readCommandLine(args: readonly string[]): Omit<ImportCommand, 'progress'> | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        institutions: { type: 'string', default: 'B001,B002,B003,P001' },
        name: { type: 'string' },
      },
    });
    const { format: formatName = '' } = values;
    const institutions = values.institutions.split(',').map((code) => code.trim()).filter((code) => code !== '');
    const name = values.name ?? formatName;
    if (formatName !== 'finbench' && formatName !== 'lianfang') return `expected --format finbench or --format lianfang, found ${values.format === undefined ? 'none' : `"${values.format}"`}`;
    if (positionals.length !== 1) return 'expected one folder';
    if (institutions.length === 0 || new Set(institutions).size !== institutions.length) return 'expected --institutions with different codes, separated by commas';
    if (!/^[\w.-]{1,32}$/.test(name)) return 'expected --name with 1 to 32 letters, digits, dots or hyphens';
    return { format: formats[formatName], source: { folder: resolve(positionals[0] ?? ''), name, institutions }, dryRun: values['dry-run'] };
  } catch (error) {
    // parseArgs throws on an option that it does not know; its message says which.
    return error instanceof Error ? error.message : String(error);
  }
}
