import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holds, lookInside, type ThrowAway } from '@lianfang/demo';
import { runFlow } from '../accident';
import type { House } from '../house/house';
import { proveAudit } from '../house/prove-audit';
import { provePrivacy } from '../house/prove-privacy';
import { proveReceipts } from '../house/prove-receipts';
import { proveReplay } from '../house/prove-replay';
import type { Breach, Invariant } from '../invariants';
import type { Row } from '../row';

/** Something that the proofs must see, and how it is put right again. */
interface Tampering {
  readonly what: string;
  readonly invariant: Invariant;
  readonly prove: (house: House) => Promise<Breach[]>;
  /** Does it; returns how to undo it. */
  readonly tamper: (house: House) => Promise<() => Promise<unknown>>;
}

/** Changes one column of one row as the administrator could, and back. */
const change =
  (app: 'police' | 'banks', { table, column, to, where = 'true' }: { table: string; column: string; to: string; where?: string }) =>
  async ({ own }: House): Promise<() => Promise<unknown>> => {
    const [row] = await lookInside<{ id: string; was: unknown }>(own.system, app, `select id, ${column} as was from ${table} where ${where} order by id desc limit 1`);
    holds(row !== undefined, `${table} has a row to tamper with`);
    await lookInside(own.system, app, `update ${table} set ${column} = ${to} where id = $1`, [row.id]);
    return () => lookInside(own.system, app, `update ${table} set ${column} = $2 where id = $1`, [row.id, row.was]);
  };

const receiptOfOrder = { table: 'outbox_dispatch', column: 'receipt', where: `id in (select dispatch_id from outbox_message where type = 'stop-payment.ordered.v2')` };

const logOf = ({ folder }: ThrowAway): string => join(folder, 'logs', 'gateway.log');

const tamperings: readonly Tampering[] = [
  { what: 'a receipt with another signature', invariant: 'I5', prove: proveReceipts, tamper: change('police', { ...receiptOfOrder, to: `overlay(receipt placing case when right(receipt, 9) like 'A%' then 'B' else 'A' end from length(receipt) - 8)` }) },
  { what: 'the receipt of another batch', invariant: 'I5', prove: proveReceipts, tamper: change('police', { ...receiptOfOrder, to: '(select receipt from outbox_dispatch as other where other.id <> outbox_dispatch.id limit 1)' }) },
  { what: 'an audit entry with another body', invariant: 'I6', prove: proveAudit, tamper: change('banks', { table: 'audit_entry', column: 'body', to: `replace(body, '{', '{ ')` }) },
  { what: 'a transition to another state', invariant: 'I6', prove: proveAudit, tamper: change('police', { table: 'transition', column: 'to_state', to: `'STOPPED'`, where: `to_state = 'ORDERED'` }) },
  { what: 'an order whose state nobody moved', invariant: 'I8', prove: proveReplay, tamper: change('banks', { table: 'stop_payment_order', column: 'version', to: 'version + 1' }) },
  { what: 'a stop that does not count any more', invariant: 'I8', prove: proveReplay, tamper: change('police', { table: 'account_stop', column: 'counting', to: `'VOID'`, where: `counting = 'COUNTED'` }) },
  { what: 'a chain with another head', invariant: 'I8', prove: proveReplay, tamper: change('banks', { table: 'inbox_chain', column: 'head_hash', to: `sha256('another past')`, where: `partner = 'police'` }) },
  {
    what: "an error with somebody's account number",
    invariant: 'I9',
    prove: provePrivacy,
    tamper: async ({ ledgers: { clients } }) => {
      clients.errors.push({ by: 'officer.chaoyang', text: `no such account: ${clients.orders[0]?.account.number}` });
      return async () => clients.errors.pop();
    },
  },
  {
    what: "a log with somebody's name",
    invariant: 'I9',
    prove: provePrivacy,
    tamper: async ({ own, ledgers: { clients } }) => {
      const before = readFileSync(logOf(own));
      appendFileSync(logOf(own), `found ${clients.orders[0]?.account.holderName}\n`);
      return async () => writeFileSync(logOf(own), before);
    },
  },
];

/** Proofs that cannot fail prove nothing: each is shown what it is there to see, which is then put right. */
export const recordsTampered: Row = {
  name: 'records-tampered',
  what: 'records are altered behind the back of everybody',
  where: 'receipts, audit, transitions, states, counts, chains, errors, logs',
  how: `${tamperings.length} alterations by the administrator; the proof of its invariant must see each, and nothing once it is put right`,
  inSample: true,
  of: 'Lianfang',
  run: async (run) => {
    await runFlow(run, { armed: {}, mustHappen: true });
    const chosen = run.extent === 'full' ? tamperings : tamperings.filter(({ invariant }, place) => tamperings.findIndex((other) => other.invariant === invariant) === place);
    for (const { what, invariant, prove, tamper } of chosen) {
      const putRight = await tamper(run.design);
      const seen = await prove(run.design);
      await putRight();
      holds(seen.some((breach) => breach.invariant === invariant), `${invariant} is broken by ${what}, found ${seen.length} breaches`);
      run.say(`${what} · seen: ${seen[0]?.what}`);
    }
    return chosen.length;
  },
};
