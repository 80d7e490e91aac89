import { setTimeout as pause } from 'node:timers/promises';
import { runFlow, runUnderLoad } from '../accident';
import type { House } from '../house/house';
import type { Row, Run } from '../row';

/** Who is killed from outside: processes of ours and the identity provider, alone and together. */
const victims: readonly (readonly string[])[] = [['police'], ['banks'], ['gateway'], ['identity'], ['police', 'banks'], ['police', 'banks', 'gateway', 'identity']];

/** Longest time after the approval, in milliseconds: by then most of an order is through. */
const LATEST = 600;

/** Kills and stops from outside, at moments that the seed draws. */
export const killedOutside: Row = {
  name: 'kill-from-outside',
  what: 'processes are killed (-9) from outside',
  where: 'police, banks, gateway, identity; alone and all together',
  how: `SIGKILL at a moment up to ${LATEST} ms after the approval, drawn by the seed`,
  inSample: false,
  of: 'Lianfang',
  run: async (run) => {
    const rounds = run.extent === 'full' ? 4 : 1;
    let happened = 0;
    for (let round = 0; round < rounds; round += 1) for (const names of victims) happened += await strike(run, names, 'SIGKILL');
    return happened;
  },
};

/** The database that both agencies stand on, with fsync on. */
export const postgresKilled: Row = {
  name: 'postgres-killed',
  what: 'Postgres is stopped at once (SIGQUIT) and killed (-9) under load',
  where: 'the server of both agencies, fsync on, many orders under way',
  how: 'the signal to the server at moments that the seed draws, again while it recovers; then it comes back by itself',
  inSample: true,
  of: 'Lianfang',
  run: async (run) => {
    const isFull = run.extent === 'full';
    let happened = 0;
    for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
      const meanwhile = async (): Promise<number> => {
        const times = isFull ? 5 : 1;
        for (let time = 0; time < times; time += 1) {
          await pause(Math.floor(run.random() * (time === 0 ? LATEST : 4 * LATEST)));
          run.design.kill('postgres', signal);
        }
        return times;
      };
      happened += await runUnderLoad(run, { flows: isFull ? 8 : 2, orders: isFull ? 8 : 3, meanwhile });
    }
    return happened;
  },
};

/** How long a process stands still, in milliseconds: longer than every lease. */
const STANDS_STILL = 6_000;

/** A process that does nothing at all, not even answer that it lives: its event loop is blocked, as by the machine or by a computation without end. */
export const blocked: Row = {
  name: 'event-loop-blocked',
  what: 'a process stands still and takes up its work again in the middle of it',
  where: 'police, banks, gateway; police and banks together, under load',
  how: `SIGSTOP at a moment that the seed draws, SIGCONT ${STANDS_STILL / 1000} s later, when others may have taken its work over`,
  inSample: false,
  of: 'Lianfang',
  run: async (run) => {
    let happened = 0;
    for (const names of [['police'], ['banks'], ['gateway'], ['police', 'banks']]) {
      const meanwhile = async (): Promise<number> => {
        await pause(Math.floor(run.random() * LATEST));
        for (const name of names) run.design.kill(name, 'SIGSTOP');
        await pause(STANDS_STILL);
        for (const name of names) run.design.kill(name, 'SIGCONT');
        return names.length;
      };
      happened += await runUnderLoad(run, { flows: 3, orders: 3, meanwhile });
    }
    return happened;
  },
};

/** Each process is stopped in order and started again, one after the other, while people work. */
export const rollingRestart: Row = {
  name: 'rolling-restart',
  what: 'every process is restarted in order (SIGTERM)',
  where: 'banks, police, gateway, identity, one after the other, under load',
  how: 'two rounds while orders are given, answered and released',
  inSample: false,
  of: 'Lianfang',
  run: (run) => {
    const names = ['banks', 'police', 'gateway', 'identity'];
    const meanwhile = async (): Promise<number> => {
      for (const name of [...names, ...names]) await run.design.own.system.supervisor.restart(name);
      return 2 * names.length;
    };
    return runUnderLoad(run, { flows: 12, orders: 6, meanwhile });
  },
};

/** How many blows a storm has. */
const BLOWS = 20;

/** Anything may fail at any moment, one or two at once, while many orders are under way. */
export const storm: Row = {
  name: 'storm',
  what: 'one or two of everything are killed (-9), again and again',
  where: 'police, banks, gateway, Postgres, identity, under load',
  how: `${BLOWS} blows up to 3 s apart while 72 orders are given, answered and released; who and when the seed draws`,
  inSample: false,
  of: 'Lianfang',
  run: (run) => {
    const names = ['police', 'banks', 'gateway', 'postgres', 'identity'];
    const draw = (): string => names[Math.floor(run.random() * names.length)] ?? 'police';
    const meanwhile = async (): Promise<number> => {
      for (let blow = 0; blow < BLOWS; blow += 1) {
        const victims = new Set(run.random() < 0.5 ? [draw()] : [draw(), draw()]);
        await pause(Math.floor(run.random() * 3_000));
        for (const name of victims) run.design.kill(name);
      }
      return BLOWS;
    };
    return runUnderLoad(run, { flows: 12, orders: 6, meanwhile });
  },
};

function strike(run: Run<House>, names: readonly string[], signal: NodeJS.Signals): Promise<number> {
  const moment = Math.floor(run.random() * LATEST);
  const meanwhile = async (): Promise<void> => {
    await pause(moment);
    for (const name of names) run.design.kill(name, signal);
    run.say(`${names.join(', ')} · ${signal} · ${moment} ms after the approval`);
  };
  return runFlow(run, { armed: {}, meanwhile, mustHappen: true });
}
