import { createHash } from 'node:crypto';
import { lookInside } from '@lianfang/demo';
import type { Breach } from '../invariants';
import type { House } from './house';

const breach = (what: string): Breach => ({ invariant: 'I8', what });

/** Tables that have a life, by agency. */
const lives = [
  { agency: 'police', table: 'fraud_case' },
  { agency: 'police', table: 'stop_payment_request' },
  { agency: 'banks', table: 'stop_payment_order' },
] as const;

/** Things whose state or version is not what their transitions lead to, one after the other. */
const strayed = (table: string): string => `
  with step as (
    select thing_id, version, from_state, to_state,
           lag(to_state) over life as came_from, row_number() over life as place, count(*) over (partition by thing_id) as steps
    from transition where thing = $1
    window life as (partition by thing_id order by version)
  )
  select thing.id from ${table} as thing
  where not exists (
    select from step where step.thing_id = thing.id and step.place = step.steps and step.to_state = thing.state and step.version = thing.version and step.steps = thing.version
  ) or exists (select from step where step.thing_id = thing.id and (step.from_state is distinct from step.came_from or step.version <> step.place))`;

/** Stops that count although the account was never stopped, or do not although it was. */
const miscounted = `
  select stop.id from account_stop as stop join stop_payment_request as request on request.id = stop.id
  where (stop.counting = 'COUNTED') <> exists (select from transition where thing_id = stop.id and action in ('STOP', 'STOP_LATE'))
     or (stop.counting = 'VOID') <> (request.state in ('RETURNED', 'CANCELLED', 'NOT_EXECUTED'))`;

/** I8: states equal a replay of the transitions, the places of an account equal a recount, and both chains equal a replay of the receipts. */
export async function proveReplay(house: House): Promise<Breach[]> {
  const { system } = house.own;
  const found: Breach[] = [];
  for (const { agency, table } of lives) {
    const rows = await lookInside<{ id: string }>(system, agency, strayed(table), [table.replaceAll('_', '-')]);
    if (rows.length > 0) found.push(breach(`${rows.length} of ${table} are not where their transitions lead, as ${rows[0]?.id}`));
  }
  const stops = await lookInside<{ id: string }>(system, 'police', miscounted);
  if (stops.length > 0) found.push(breach(`${stops.length} stops count wrongly, as ${stops[0]?.id}`));
  for (const [from, to] of [['police', 'banks'], ['banks', 'police']] as const) found.push(...(await isChained(house, from, to)));
  return found;
}

/** The sender's head, the receiver's head, and what the receipts add up to. */
async function isChained({ own: { system } }: House, from: 'police' | 'banks', to: 'police' | 'banks'): Promise<Breach[]> {
  const dispatches = await lookInside<{ prev_hash: Buffer; receipt: string | null }>(system, from, 'select prev_hash, receipt from outbox_dispatch where partner = $1 order by first_seq', [to]);
  const [sent] = await lookInside<{ head_hash: Buffer; last_seq: string }>(system, from, 'select head_hash, last_seq from outbox_chain where partner = $1', [to]);
  const [received] = await lookInside<{ head_hash: Buffer; last_seq: string }>(system, to, 'select head_hash, last_seq from inbox_chain where partner = $1', [from]);
  if (dispatches.some(({ receipt }) => receipt === null)) return [breach(`${from} has batches without a receipt`)];
  const start = dispatches[0]?.prev_hash ?? sent?.head_hash;
  const head = dispatches.flatMap(({ receipt }) => hashesOf(receipt ?? '')).reduce((last, hash) => sha256(Buffer.concat([last, Buffer.from(hash, 'hex')])), start ?? Buffer.alloc(0));
  const isSo = sent && received && head.equals(sent.head_hash) && head.equals(received.head_hash) && sent.last_seq === received.last_seq;
  return isSo ? [] : [breach(`the chain from ${from} to ${to} does not equal its receipts: ${sent?.last_seq} sent, ${received?.last_seq} received`)];
}

const hashesOf = (receipt: string): string[] => (JSON.parse(Buffer.from(receipt.split('.')[1] ?? '', 'base64url').toString()) as { messageHashes: string[] }).messageHashes;

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
