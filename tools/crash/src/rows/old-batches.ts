import { holds, lookInside, until } from '@lianfang/demo';
import { flipAt, postBytes, type Carried, type Heard } from '@lianfang/testing';
import { runFlow } from '../accident';
import type { House } from '../house/house';
import type { Row } from '../row';
import { linesOf } from './bad-line';

/** Changed copies of a batch under way at once: the exchange verifies eight. */
const AT_ONCE = 4;

/** Both ends of a line. */
const agencies = ['banks', 'police'] as const;

/** A batch that is new to its receiver arrives with one byte changed, for every byte that it has, before it arrives as it is. */
export const everyByteFlipped: Row = {
  name: 'every-byte-flipped',
  what: 'one byte of a batch is changed, each of them once',
  where: 'the exchange port of the banks, a batch of orders that they do not have yet',
  how: 'the line keeps the batch; a copy for each of its bytes, the new value drawn by the seed, must be answered 400 and leave nothing behind; then the line is mended',
  inSample: false,
  system: { lines: true },
  of: 'Lianfang',
  run: async ({ design, random, say }) => {
    const line = linesOf(design).banks;
    const prepared = await design.prepare(2);
    const known = line.carried.length;
    line.suffer(() => 'dropped', random);
    await design.order(prepared);
    await until('the police have posted', async () => line.carried.length > known);
    const batch = line.carried[known];
    holds(batch !== undefined, 'a batch was posted');
    const before = await stored(design, 'banks');
    const copies = Array.from(batch.body, (_, place) => flipAt(batch.body, { place, by: 1 + Math.floor(random() * 255) }));
    while (copies.length > 0) {
      const heard = await Promise.all(copies.splice(0, AT_ONCE).map((body) => postBytes(design.own.system.ports.banksExchange, { ...batch, body })));
      holds(heard.every(({ status }) => status === 400), `a changed batch is refused, found ${heard.map(({ status }) => status).join(', ')}`);
    }
    holds((await stored(design, 'banks')) === before, 'nothing of a changed batch is stored');
    say(`${batch.body.length} copies refused, none stored`);
    line.mend();
    await design.settle(prepared);
    await design.release(prepared);
    return batch.body.length;
  },
};

/** A year, as `CLOCK_OFFSET` says it. */
const A_YEAR = '365d';

/** Somebody has kept every batch and posts it again, at once and a year later. */
export const yearOldReplayed: Row = {
  name: 'year-old-replayed',
  what: 'every batch is posted again, at once and after a year',
  where: 'the exchange ports of banks and police',
  how: `what a line carried in two flows is posted again byte for byte; then with the receiver's clock moved by ${A_YEAR}; refused, or answered with the receipt of then, and nothing is done again`,
  inSample: false,
  system: { lines: true },
  of: 'Lianfang',
  run: async (run) => {
    const { design, say } = run;
    for (let time = 0; time < 2; time += 1) await runFlow(run, { armed: {}, mustHappen: false });
    let replayed = 0;
    for (const offset of ['0', A_YEAR]) {
      for (const agency of agencies) {
        if (offset !== '0') await design.own.system.supervisor.restart(agency, { CLOCK_OFFSET: offset });
        const carried = linesOf(design)[agency].carried.filter(({ heard }) => heard?.status === 200);
        say(`${agency}, clock ${offset}: ${await replay(design, agency, carried)}`);
        replayed += carried.length;
      }
    }
    for (const agency of agencies) await design.own.system.supervisor.restart(agency, { CLOCK_OFFSET: '0' });
    await runFlow(run, { armed: {}, mustHappen: false });
    return replayed;
  },
};

async function replay(design: House, agency: 'police' | 'banks', carried: readonly Carried[]): Promise<string> {
  const before = { stored: await stored(design, agency), done: design.ledgers.core.facts.length };
  const port = design.own.system.ports[`${agency}Exchange`];
  const statuses: number[] = [];
  for (const post of carried) {
    const heard = await postBytes(port, post);
    holds(heard.status === 400 || isSame(heard, post.heard), `a batch posted again is refused or gets its own receipt, found ${heard.status}`);
    statuses.push(heard.status);
  }
  holds(carried.length > 0 && (await stored(design, agency)) === before.stored, 'no message is stored again');
  holds(design.ledgers.core.facts.length === before.done, 'the core does nothing again');
  const counts = Map.groupBy(statuses, (status) => status);
  return [...counts].map(([status, all]) => `${all.length} × ${status === 200 ? 'the receipt of then' : status}`).join(', ');
}

const isSame = (heard: Heard, then: Heard | undefined): boolean => heard.status === then?.status && heard.body.equals(then.body);

/** Messages that an agency has received, and what it did about them. */
async function stored({ own }: House, agency: 'police' | 'banks'): Promise<string> {
  const [row] = await lookInside<{ messages: string; transitions: string }>(own.system, agency, 'select (select count(*) from inbox_message) as messages, (select count(*) from transition) as transitions');
  return `${row?.messages} messages, ${row?.transitions} transitions`;
}
