import { performance } from 'node:perf_hooks';
import { holds, lookInside, until } from '@lianfang/demo';
import type { Prepared } from '../design';
import type { House } from '../house/house';
import type { Row } from '../row';

/** Cases and orders of each: 1,050 orders wait for the banks. */
const CASES = 21;
const ORDERS = 50;

/** Orders whose release is confirmed while the line to the police is cut, and stops that are made after them. */
const RELEASES = 40;
const STOPS = 20;

/** The partner is away while people work on; then everything that has piled up is carried out, what is urgent first. */
export const partnerAway: Row = {
  name: 'partner-away',
  what: 'the partner is away and a backlog drains',
  where: 'the banks stopped with 1,050 orders approved meanwhile; then the line to the police cut while answers pile up',
  how: `${CASES * ORDERS} orders wait; then ${RELEASES} confirmations of releases (not urgent) wait before ${STOPS} stops (urgent), which must arrive first`,
  inSample: false,
  system: { lines: true },
  of: 'Lianfang',
  run: async ({ design, say }) => {
    const waiting = await pileUpForBanks(design, say);
    await pileUpForPolice(design, waiting, say);
    return 2;
  },
};

async function pileUpForBanks(design: House, say: (line: string) => void): Promise<readonly Prepared[]> {
  const { supervisor } = design.own.system;
  const prepared: Prepared[] = [];
  for (let place = 0; place < CASES; place += 1) prepared.push(await design.prepare(ORDERS));
  const plan = supervisor.planOf('banks');
  await supervisor.stop('banks');
  for (const one of prepared) await design.order(one);
  say(`${CASES * ORDERS} orders are acknowledged while the banks are away`);
  const began = performance.now();
  await supervisor.start(plan);
  for (const one of prepared) await design.settle(one);
  say(`all are executed ${((performance.now() - began) / 1000).toFixed(1)} s after the banks came back`);
  return prepared;
}

async function pileUpForPolice(design: House, [one]: readonly Prepared[], say: (line: string) => void): Promise<void> {
  const { lines, own } = design;
  holds(one !== undefined && lines !== undefined, 'the row has a case and its lines');
  const late = await design.prepare(STOPS);
  const before = await lastSeq(design);
  lines.police.cut();
  await design.orderReleases({ ...one, orders: one.orders.slice(0, RELEASES) });
  await until('the banks have released', async () => (await waitingAtBanks(design, 'stop-payment.released.v1')) >= RELEASES, 120_000);
  await design.order(late);
  await until('the banks have stopped', async () => (await waitingAtBanks(design, 'stop-payment.stopped.v1')) >= STOPS, 120_000);
  const [claimed] = await lookInside<{ count: string }>(own.system, 'banks', `select count(*) from outbox_message as message join outbox_dispatch as dispatch on dispatch.id = message.dispatch_id where dispatch.receipt is null`);
  lines.police.mend();
  await design.settle({ ...one, orders: one.orders.slice(0, RELEASES) });
  await design.settle(late);
  const arrived = await lookInside<{ type: string }>(own.system, 'police', 'select type from inbox_message where seq > $1 order by seq', [before]);
  const types = arrived.map(({ type }) => type);
  const overtaken = types.slice(0, types.lastIndexOf('stop-payment.stopped.v1')).filter((type) => type === 'stop-payment.released.v1').length;
  say(`${types.length} answers arrived; ${overtaken} confirmations before the last stop, ${claimed?.count} were in the batch already under way`);
  holds(types.length === RELEASES + STOPS && overtaken <= Number(claimed?.count), `stops arrive before the confirmations that waited, except those of the batch under way (${claimed?.count}), found ${overtaken} before the last stop`);
}

async function lastSeq({ own }: House): Promise<number> {
  const [row] = await lookInside<{ last_seq: string }>(own.system, 'police', `select last_seq from inbox_chain where partner = 'banks'`);
  return Number(row?.last_seq ?? 0);
}

/** Answers of a type that the police have not receipted. */
async function waitingAtBanks({ own }: House, type: string): Promise<number> {
  const [row] = await lookInside<{ count: string }>(
    own.system,
    'banks',
    'select count(*) from outbox_message as message left join outbox_dispatch as dispatch on dispatch.id = message.dispatch_id where message.type = $1 and dispatch.receipt is null',
    [type],
  );
  return Number(row?.count ?? 0);
}
