import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ownEnvironment, type Databases, type OpenDemoWorld, type System } from '@lianfang/setup';
import { inventedPrefixes } from '@lianfang/testing';
import { HOUR, MINUTE } from '@lianfang/vocabulary';
import { take } from './action';
import { prefixImport } from './desks/prefix-desk';
import { lookInside } from './look-inside';
import { importLedger } from './program';
import { seconds } from './step';
import { CARRIES_ON, keyOf } from './world/plan';
import { untilQuiet } from './world/quiet';
import { workOnCase } from './world/work-on-case';
import { inParallel, World } from './world/world';
import { inventLedger, type PlannedVictim } from './world/world-ledger';

/** Cases worked on at the same time: more only wait for each other on two cores. */
const AT_ONCE = 6;

/** The hours before the world's present at which its cases are worked on. */
const HOURS = [60, 42, 0] as const;

/** Opens the demo world for empty databases, or one whose loading was broken off. */
export async function openDemoWorld(databases: Databases): Promise<OpenDemoWorld> {
  const present = await findPresent(databases);
  return { clockOffset: offsetOf(present, HOURS[0]), load: (system, report) => loadDemoWorld(system, { present, report }) };
}

/**
 * Loads the demo world into an empty system through the gateway, with the demo accounts: the older cases first, with the clocks of police and banks
 * moved back to their hour; they were started in the first one. Broken off and called again it goes on: every submission has its own key, and the
 * world's present is kept in the name of the ledger's import.
 */
async function loadDemoWorld(system: System, { present, report }: { readonly present: Date; readonly report: (line: string) => void }): Promise<void> {
  const began = performance.now();
  const { ledger, victims } = inventLedger(present);
  const world = new World(system);
  await Promise.all([importPrefixes(world), fillLedger(system, { present, ledger })]);
  report(`demo: ${ledger.accounts.length} accounts with ${ledger.entries.length} movements at four institutions (${seconds(performance.now() - began)})`);

  let carriesOn = '';
  for (const hoursAgo of HOURS) {
    if (hoursAgo !== HOURS[0]) await moveClocks(system, hoursAgo === 0 ? ownEnvironment()['CLOCK_OFFSET'] : offsetOf(present, hoursAgo));
    const at = new Date(present.getTime() - hoursAgo * HOUR);
    // The chases first: each waits for one answer after the other.
    const ofHour = victims.filter(({ plan }) => plan.hoursAgo === hoursAgo).sort((one, other) => Number(other.plan.chases ?? false) - Number(one.plan.chases ?? false));
    const work = async (victim: PlannedVictim): Promise<void> => {
      const { id } = await workOnCase({ ...victim, world, at, carriesOn });
      if (victim.plan.number === CARRIES_ON) carriesOn = id;
    };
    await inParallel(ofHour.filter(({ plan }) => plan.decision !== 'MERGED'), AT_ONCE, work);
    await inParallel(ofHour.filter(({ plan }) => plan.decision === 'MERGED'), AT_ONCE, work);
    await untilQuiet(system);
    report(`demo: ${ofHour.length} cases ${hoursAgo === 0 ? 'of this hour' : `of ${hoursAgo} hours ago`} (${seconds(performance.now() - began)})`);
  }
}

/** Prefix of the import's name; the rest is the world's present in minutes since 1970. */
const IMPORT = 'demo-';

/** The world's present: of a loading that was broken off its own, else now, to the minute. */
async function findPresent(databases: Databases): Promise<Date> {
  const [run] = await lookInside<{ name: string }>({ databases }, 'banks', 'select name from ledger.import_run where name like $1 order by name limit 1', [`${IMPORT}%`]);
  const minutes = run ? Number(run.name.slice(IMPORT.length)) : Math.floor(Date.now() / MINUTE);
  return new Date(minutes * MINUTE);
}

async function importPrefixes(world: World): Promise<void> {
  const csv = `prefix,institution,product\n${Object.entries(inventedPrefixes).map(([institution, prefix]) => `${prefix},${institution},demo`).join('\n')}\n`;
  await take(world.as('duty.chaoyang'), prefixImport, { ...keyOf(0, 'prefixes'), csv, dryRun: false });
}

async function fillLedger(system: System, { present, ledger }: { readonly present: Date; readonly ledger: ReturnType<typeof inventLedger>['ledger'] }): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lianfang-demo-'));
  try {
    await ledger.write(folder);
    await importLedger(system, ['--format', 'lianfang', '--name', `${IMPORT}${present.getTime() / MINUTE}`, folder]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** How far the clock is moved, in minutes, to stand so many hours before the world's present. */
const offsetOf = (present: Date, hoursAgo: number): string => `${Math.round((present.getTime() - hoursAgo * HOUR - Date.now()) / MINUTE)}m`;

/** Restarts police and banks with their clocks moved; nothing is the hour in which they would have been started. */
async function moveClocks({ supervisor }: System, offset: string | undefined): Promise<void> {
  await Promise.all((['police', 'banks'] as const).map((app) => supervisor.restart(app, { CLOCK_OFFSET: offset })));
}
