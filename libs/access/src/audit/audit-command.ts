import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { agencies, type Agency } from '@lianfang/vocabulary';
import type { KnownHead } from './chain-walk';
import type { FindKey } from './checkpoint';
import { exportAudit } from './export';
import { describeFault, type AuditReport } from './fault';
import { amongKeys, readKey } from './read-key';
import { verifyAudit } from './verify';
import { verifyAuditFile } from './verify-file';

/** What the command cannot know by itself: where the databases are and which keys the agencies sign with. */
export interface AuditCommandParts {
  /** URL of an agency's worker login. */
  urlOf(agency: Agency): string | Promise<string>;
  /** The agency's public keys, for a run without `--key`. */
  findKeyOf(agency: Agency): FindKey | Promise<FindKey>;
  print(line: string): void;
}

const usage = [
  'audit:verify -- --agency police                          verifies the trail in the database',
  'audit:verify -- --agency police --export trail.ndjson    verifies, then exports the sealed trail',
  'audit:verify -- --file trail.ndjson --key key.pem        verifies an exported trail with nothing but the public key',
  '  --key FILE     PEM or JWK of an Ed25519 public key; may be repeated',
  '  --known SEQ:HEAD  a head that was kept elsewhere: then nobody can cut the end off unseen',
];

/** Runs `audit:verify`. Returns the exit code: 0 whole, 1 faults, 2 the command itself was not understood. */
export async function auditCommand(argv: readonly string[], parts: AuditCommandParts): Promise<number> {
  const wish = readWish(argv);
  if (wish === undefined) return usageError(parts);
  const keys = await Promise.all(wish.keys.map(async (path) => readKey(await readFile(path, 'utf8'))));
  const given = keys.length > 0 ? amongKeys(keys) : undefined;
  const started = performance.now();
  const report = await verifyWish(wish, given, parts);
  if (report === undefined) return usageError(parts);
  printReport(report, { print: parts.print, seconds: (performance.now() - started) / 1000 });
  if (report.faults.length > 0) return 1;
  if (wish.exportTo !== undefined && wish.agency !== undefined) await exportTo(wish.exportTo, wish.agency, parts);
  return 0;
}

interface Wish {
  readonly agency: Agency | undefined;
  readonly file: string | undefined;
  readonly keys: readonly string[];
  readonly exportTo: string | undefined;
  readonly known: KnownHead | undefined;
}

function readWish(argv: readonly string[]): Wish | undefined {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { agency: { type: 'string' }, file: { type: 'string' }, key: { type: 'string', multiple: true }, export: { type: 'string' }, known: { type: 'string' } },
    });
    const agency = agencies.find((one) => one === values.agency);
    const [, seq, head] = /^(\d+):([0-9a-f]{64})$/.exec(values.known ?? '') ?? [];
    const isWrong = (values.agency !== undefined && agency === undefined) || (values.known !== undefined && seq === undefined);
    if (isWrong) return undefined;
    return { agency, file: values.file, keys: values.key ?? [], exportTo: values.export, known: seq === undefined || head === undefined ? undefined : { seq, head } };
  } catch {
    // parseArgs throws on an option that it does not know; the usage says which there are.
    return undefined;
  }
}

/** The report of what was asked for, or nothing when neither an agency nor a file with its key was named. */
async function verifyWish({ agency, file, known }: Wish, given: FindKey | undefined, parts: AuditCommandParts): Promise<AuditReport | undefined> {
  if (file !== undefined) return given && verifyAuditFile(createReadStream(file), { findKey: given, known });
  if (agency === undefined) return undefined;
  return verifyAudit({ url: await parts.urlOf(agency), agency, findKey: given ?? (await parts.findKeyOf(agency)), known });
}

function printReport(report: AuditReport, { print, seconds }: { print: (line: string) => void; seconds: number }): void {
  const { agency, seq, head, checkpoints, waiting, transitions, faults } = report;
  for (const fault of faults) print(describeFault(fault));
  const counted = `${seq} entries sealed under ${checkpoints} checkpoints, ${waiting} waiting, ${transitions} transitions`;
  print(`${faults.length === 0 ? 'WHOLE' : 'BROKEN'}: audit of ${agency || 'nobody'}: ${counted}; ${seconds.toFixed(1)} s`);
  print(`head ${seq}:${head}`);
}

async function exportTo(path: string, agency: Agency, parts: AuditCommandParts): Promise<void> {
  const output = createWriteStream(path, { mode: 0o600 });
  const count = await exportAudit({ url: await parts.urlOf(agency), agency, output });
  output.end();
  await finished(output);
  parts.print(`${count} entries written to ${path}`);
}

function usageError({ print }: AuditCommandParts): number {
  for (const line of usage) print(line);
  return 2;
}
