import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { lookInside, until, type ThrowAway } from '@lianfang/demo';
import { inParallel, type Load } from './load';
import { loadTimes, proposeAll, untilStopped } from './orders';

const processes = ['gateway', 'police', 'banks', 'postgres'] as const;

/**
 * Kills everything (-9) while many approvals are under way, lets it come back, and counts: each order stands once with the police, once with the bank,
 * holds once in the ledger and has its receipt. An approval that was not answered is given again under its own key, as a person's system would.
 */
export async function countAfterKill({ system }: ThrowAway, load: Load, orders: number): Promise<string> {
  const batches = await proposeAll(load, { count: orders, size: 1 });
  let answered = 0;
  const approving = inParallel(batches, 16, async (batch) => {
    const key = randomUUID();
    await until('an approval is answered', () => load.approve(batch, key).then(() => true as const, () => undefined), 180_000);
    answered += 1;
  });
  await until('a third of the approvals is answered', async () => answered >= orders / 3 || undefined, 120_000);
  const answeredBefore = answered;
  for (const name of processes) system.supervisor.kill(name);
  await pause(1_000);
  for (const name of [...processes].reverse()) await system.supervisor.untilReady(name);
  await approving;
  const ids = batches.flatMap(({ requests }) => requests.map(({ id }) => id));
  await untilStopped({ system }, ids);
  await loadTimes({ system }, ids);
  const [held] = await lookInside<{ holds: number; orders: number }>(system, 'banks', 'select count(*)::int as holds, count(distinct order_id)::int as orders from ledger.hold where order_id = any($1::uuid[])', [ids]);
  const [moved] = await lookInside<{ count: number }>(system, 'police', `select count(*)::int as count from transition where action = 'APPROVE' and thing_id = any($1::uuid[])`, [ids]);
  const [receipts] = await lookInside<{ count: number }>(system, 'police', 'select count(received_at)::int as count from stop_payment_request where id = any($1::uuid[])', [ids]);
  const counts = [held?.holds, held?.orders, moved?.count, receipts?.count];
  if (counts.some((count) => count !== orders)) throw new Error(`${orders} orders were given; holds, orders held, approvals and receipts are ${counts.join(', ')}`);
  return `killed (-9): ${processes.join(', ')}, with ${answeredBefore} of ${orders} approvals answered; afterwards ${orders} orders, ${orders} receipts, ${orders} holds in the ledger: none lost, none doubled`;
}
