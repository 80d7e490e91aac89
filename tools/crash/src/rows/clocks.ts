import { holds, until } from '@lianfang/demo';
import type { Prepared } from '../design';
import type { Row } from '../row';

/** How far the agencies' clocks are off, police and banks. */
const skews = [
  ['0', '5m'],
  ['0', '-5m'],
  ['0', '1d'],
  ['0', '-1d'],
  ['5m', '-5m'],
  ['1d', '0'],
  ['-1d', '0'],
  ['1d', '-1d'],
  ['-1d', '1d'],
] as const;

/** The clocks of the agencies differ; the core keeps its own. */
export const clocksDiffer: Row = {
  name: 'clocks-differ',
  what: 'the clocks of the agencies are wrong',
  where: 'police and banks, against each other and against the core',
  how: `restarted with clocks off by ±5 min and ±1 day, ${skews.length} ways; each time a whole flow, then right again`,
  inSample: false,
  of: 'Lianfang',
  run: async (run) => {
    const { design, say } = run;
    const setClocks = (police: string, banks: string): Promise<unknown> =>
      Promise.all([design.own.system.supervisor.restart('police', { CLOCK_OFFSET: police }), design.own.system.supervisor.restart('banks', { CLOCK_OFFSET: banks })]);
    // Reported while the clocks are right: a police clock that lags by a day refuses today's report at once, to the officer's face.
    const flows: Prepared[] = [];
    for (const _ of skews) flows.push(await design.prepare(2));
    for (const [place, [police, banks]] of skews.entries()) {
      const prepared = flows[place];
      if (!prepared) continue;
      await setClocks(police, banks);
      await design.order(prepared);
      await design.settle(prepared);
      await design.release(prepared);
      say(`police ${police}, banks ${banks} · ${prepared.orders.map(({ seen }) => seen.police).join(', ')}`);
    }
    await setClocks('0', '0');
    return skews.length;
  },
};

/** When the 48 hours of a stop are over, in hours after it. */
const HOURS = 49;

/** Longest wait for a deadline to fire, in milliseconds; the clock looks every second. */
const PATIENCE = 20_000;

/** The end of a stop by itself, and what fails while the clock acts. */
export const clockActs: Row = {
  name: 'fail-as-the-clock-acts',
  what: 'police and banks are killed or throw while a deadline fires',
  where: 'police and banks: before and after the commit of a deadline',
  how: 'the 48 hours of stops pass with both clocks moved; each fail point of deadlines armed at both agencies, killed and thrown',
  inSample: false,
  of: 'Lianfang',
  run: async (run) => {
    const { design } = run;
    const { supervisor } = design.own.system;
    let happened = 0;
    for (const failure of ['kill', 'error'] as const) {
      for (const point of ['deadline.before-commit', 'deadline.fired'] as const) {
        const prepared = await design.prepare(2);
        await design.order(prepared);
        await design.settle(prepared);
        for (const agency of ['police', 'banks'] as const) {
          design.arm(agency, [`${point}:${failure}`]);
          const plan = supervisor.planOf(agency);
          const env = { CLOCK_OFFSET: `${HOURS}h` };
          // Killed before it was ready, it counts as not started at all.
          await supervisor.restart(agency, env).catch(() => supervisor.start({ ...plan, env: { ...plan.env, ...env } }));
          // One after the other: the bank's answer would else take the police's own deadline away.
          await until(`${agency} ${point}:${failure}`, async () => design.armed(agency) === 0, PATIENCE);
        }
        await design.expire(prepared);
        await design.untilReady();
        run.say(`${point}:${failure} at both, at +${HOURS} h`);
        happened += 2;
        // The core keeps the true hour: a stop made under a moved clock would be over before it began.
        for (const agency of ['police', 'banks']) await supervisor.restart(agency, { CLOCK_OFFSET: '0' });
      }
    }
    return happened;
  },
};

/** How long the banks are away, in hours of the agencies' clocks, and what becomes of orders given at its beginning: they hold for 24 h. */
const absences = [
  { hours: 1, end: 'STOPPED' },
  { hours: 25, end: 'NOT_EXECUTED' },
] as const;

/** The partner comes back after hours: what is still valid is executed, what is not is refused, and the officer sees which. */
export const awayForHours: Row = {
  name: 'partner-away-for-hours',
  what: 'the partner is away for 1 h and for 25 h',
  where: 'the banks stopped, orders given at once; the clocks of both agencies moved before they come back',
  how: 'orders hold for 24 h: after 1 h they are executed, after 25 h visibly refused and never executed',
  inSample: false,
  of: 'Lianfang',
  run: async ({ design, say }) => {
    const { supervisor } = design.own.system;
    for (const { hours, end } of absences) {
      const prepared = await design.prepare(10);
      const plan = supervisor.planOf('banks');
      await supervisor.stop('banks');
      await design.order(prepared);
      const env = { CLOCK_OFFSET: `${hours}h` };
      await supervisor.restart('police', env);
      await supervisor.start({ ...plan, env: { ...plan.env, ...env } });
      await design.settle(prepared);
      const seen = prepared.orders.filter(({ isDecoy }) => !isDecoy).map(({ seen: { police } }) => police);
      say(`away for ${hours} h · ${[...new Set(seen)].join(', ')}`);
      holds(seen.every((state) => state === end), `orders that waited ${hours} h are ${end}, found ${seen.join(', ')}`);
      await design.release(prepared);
      await Promise.all([supervisor.restart('police', { CLOCK_OFFSET: '0' }), supervisor.restart('banks', { CLOCK_OFFSET: '0' })]);
    }
    return absences.length;
  },
};
