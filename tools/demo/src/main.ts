import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ownEnvironment, type System } from '@lianfang/setup';
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

/**
 * Loads the demo world into an empty system through the gateway, with the demo accounts: the older cases first, with the clocks of police and banks
 * moved back to their hour. Broken off and called again it goes on: every submission has its own key, and the world's present is kept in the name
 * of the ledger's import.
 */
export async function loadDemoWorld(system: System, report: (line: string) => void): Promise<void> {
  const began = performance.now();
  const present = await findPresent(system);
  const { ledger, victims } = inventLedger(present);
  const world = new World(system);
  await importPrefixes(world);
  await Promise.all([fillLedger(system, { present, ledger }), moveClocks(system, { present, hoursAgo: 60 })]);
  report(`demo: ${ledger.accounts.length} accounts with ${ledger.entries.length} movements at four institutions (${seconds(performance.now() - began)})`);

  let carriesOn = '';
  for (const hoursAgo of [60, 42, 0] as const) {
    if (hoursAgo !== 60) await moveClocks(system, { present, hoursAgo });
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
async function findPresent(system: System): Promise<Date> {
  const [run] = await lookInside<{ name: string }>(system, 'banks', 'select name from ledger.import_run where name like $1 order by name limit 1', [`${IMPORT}%`]);
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

/** Restarts police and banks so many hours before the world's present; 0 is the hour in which they were started. */
async function moveClocks({ supervisor }: System, { present, hoursAgo }: { readonly present: Date; readonly hoursAgo: number }): Promise<void> {
  const minutes = Math.round((present.getTime() - hoursAgo * HOUR - Date.now()) / MINUTE);
  const offset = hoursAgo === 0 ? ownEnvironment()['CLOCK_OFFSET'] : `${minutes}m`;
  await Promise.all((['police', 'banks'] as const).map((app) => supervisor.restart(app, { CLOCK_OFFSET: offset })));
}
