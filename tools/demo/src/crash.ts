import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { inventPerson, inventedPrefixes } from '@lianfang/testing';
import { checkOnce } from './crash/counts';
import { openCase, stopAndRelease, type Payment, type People } from './crash/flow';
import { allPoints, nameOf, sample, type CrashPoint } from './crash/points';
import { prefixImport } from './desks/prefix-desk';
import { take } from './action';
import { LedgerFiles } from './ledger/ledger-files';
import { importLedger } from './program';
import { Session } from './session';
import { seconds } from './step';
import { withThrowAwaySystem, type ThrowAway } from './throw-away-system';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Half an hour before now: when the payments of the flow were made. */
const paidAt = (): Date => new Date(Math.floor((Date.now() - 1_800_000) / 1000) * 1000);

/** Opens one account per accident, each with one payment of 3,000.00 yuan. */
async function fillLedger({ system, folder }: ThrowAway, count: number): Promise<Payment[]> {
  const ledger = new LedgerFiles();
  const payments = Array.from({ length: count }, (_, place) => {
    const { account, name } = inventPerson(200 + place, 'B001');
    const to = ledger.open({ institution: 'B001', number: account, holderName: name, product: 'debit card' });
    const { fen, at } = ledger.move({ from: null, to, fen: 300_000, at: paidAt() });
    return { to, fen, at };
  });
  const files = join(folder, 'ledger');
  await mkdir(files);
  await ledger.write(files);
  await importLedger(system, ['--format', 'lianfang', files]);
  return payments;
}

/** Runs the flow once with one accident in it. Returns whether the accident happened. */
async function withAccident(own: ThrowAway, point: CrashPoint, { people, payment, place }: { people: People; payment: Payment; place: number }): Promise<boolean> {
  const { supervisor } = own.system;
  const opened = await openCase(people, payment, 300 + place);
  const armed = armFile(own, point.victim);
  if (point.failpoint !== null) await writeFile(armed, point.failpoint);
  const released = await stopAndRelease(people, opened, async () => {
    if (point.failpoint !== null) return;
    if (point.victim === 'postgres') return supervisor.kill('postgres', 'SIGQUIT');
    for (const name of ['police', 'banks'] as const) supervisor.kill(name, 'SIGKILL');
  });
  await checkOnce(own.system, released.id);
  // A process that died has removed the file.
  const isReached = point.failpoint === null || !existsSync(armed);
  await rm(armed, { force: true });
  // A fresh start forgets the crash: the supervisor's growing pause is for programs that keep crashing.
  for (const name of ['police', 'banks'] as const) if (isReached && point.victim.includes(name)) await supervisor.restart(name);
  return isReached;
}

/** The file that arms the failpoint of a process. */
const armFile = ({ folder }: ThrowAway, victim: string): string => join(folder, `failpoint-${victim}`);

/** Takes every point; the commits of a process end where its accident no longer happens. */
async function run(own: ThrowAway, points: readonly CrashPoint[]): Promise<number> {
  const session = (username: string): Session => new Session(own.system, username);
  const people: People = { officer: session('officer.chaoyang'), leader: session('leader.chaoyang'), liaison: session('liaison.b001') };
  const csv = `prefix,institution,product\n${inventedPrefixes.B001},B001,demo card\n`;
  await take(session('duty.chaoyang'), prefixImport, { csv, dryRun: false });
  const payments = await fillLedger(own, points.length);
  for (const app of ['police', 'banks'] as const) await own.system.supervisor.restart(app, { FAILPOINT_SWITCH: armFile(own, app) });
  const missed = new Set<string>();
  let happened = 0;
  for (const [place, point] of points.entries()) {
    const payment = payments[place];
    if (!payment || missed.has(point.victim)) continue;
    const began = performance.now();
    const isReached = await withAccident(own, point, { people, payment, place });
    if (!isReached) missed.add(point.victim);
    else happened += 1;
    say(`${isReached ? 'came back right' : 'not reached: the flow has no such commit'} · ${nameOf(point)} · ${seconds(performance.now() - began)}`);
  }
  return happened;
}

/** `npm run crash` kills each process before and after each of its commits; `-- --sample` takes a few of them. */
async function main(): Promise<void> {
  const points = process.argv.includes('--sample') ? sample : allPoints;
  const began = performance.now();
  const happened = await withThrowAwaySystem({ name: 'crash', isDurable: true }, (own) => run(own, points));
  say(`${happened} accidents, nothing lost and nothing doubled by the ledger's own count, ${seconds(performance.now() - began)}`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? `${error.message}${error.cause instanceof Error ? `\n  ${error.cause.message}` : ''}` : String(error)}\n`);
  process.exit(1);
});
