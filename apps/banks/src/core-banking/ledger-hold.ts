import { newId } from '@lianfang/database';
import { moneyOf, type Clock } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { CoreCapabilities, HoldCommand, HoldOutcome, HoldRefusal, ReleaseOutcome } from './core-banking';
import { isExempt } from './exempt-kind';
import { inLedger, isLedgerRef, rowsOf, type Ledger } from './ledger';
import { lockAccounts, type AccountRow } from './ledger-account';

/** What the holds in force keep of an account: nothing may leave (`whole`), or `kept` fen must stay. */
export interface Blocked {
  readonly whole: boolean;
  /** Sum of the amounts ordered, in fen; it may exceed the balance, then money that comes in is kept too. */
  readonly kept: bigint;
}

interface HoldRow {
  readonly account_id: string | null;
  readonly amount: string | null;
  readonly held: string;
  readonly balance: string;
  readonly started_at: Date;
  readonly ended_at: Date | null;
  readonly still_stopped: boolean | null;
  readonly currency: string;
}

/** Whose hold it is to be: the institution keeps the account and says what it can do. */
export interface HoldingInstitution {
  readonly institution: string;
  readonly capabilities: CoreCapabilities;
}

/** Places a hold once per order id, under the lock of the order and of the account. */
export function placeHold(ledger: Ledger, bank: HoldingInstitution, command: HoldCommand): Promise<HoldOutcome> {
  return inLedger(ledger, async (manager) => {
    const earlier = await lockOrder(manager, command.orderId);
    if (earlier) return repeatHold(earlier, command);
    const [account] = isLedgerRef(command.ref) ? await lockAccounts(manager, [command.ref]) : [];
    if (!account || account.institution !== bank.institution) return refused('NOT_FOUND');
    const reason = findHoldRefusal(account, bank.capabilities, command);
    if (reason) return refused(reason);
    return insertHold(manager, ledger.clock, { account, command });
  });
}

/** Ends the hold of an order, or keeps a late hold of that order out. */
export function releaseHold(ledger: Ledger, orderId: string): Promise<ReleaseOutcome> {
  return inLedger(ledger, async (manager) => {
    const earlier = await lockOrder(manager, orderId);
    if (!earlier) {
      await manager.query('insert into ledger.hold (id, order_id, ended_at, still_stopped) values ($1, $2, $3, false)', [newId(), orderId, ledger.clock.now()]);
      return { outcome: 'REFUSED', reason: 'NOT_HELD' };
    }
    if (earlier.account_id === null) return { outcome: 'REFUSED', reason: 'NOT_HELD' };
    if (earlier.ended_at !== null) return { outcome: 'RELEASED', releasedAt: earlier.ended_at, stillStopped: earlier.still_stopped === true };
    return endHold(manager, ledger.clock, { orderId, accountId: earlier.account_id });
  });
}

/** What is blocked on accounts now; an account without a hold has no row. */
export async function loadBlocked(manager: EntityManager, accountIds: readonly string[]): Promise<Map<string, Blocked>> {
  const rows = await rowsOf<{ account_id: string; whole: boolean; kept: string }>(manager, selectBlocked, [accountIds]);
  return new Map(rows.map((row) => [row.account_id, { whole: row.whole, kept: BigInt(row.kept) }]));
}

/** Amounts add up: each order keeps its own victim's money. One whole hold stops everything, whatever else there is. */
const selectBlocked = `
  select account_id, bool_or(amount is null) as whole, coalesce(sum(amount), 0)::text as kept
  from ledger.hold
  where account_id = any($1::uuid[]) and ended_at is null
  group by account_id`;

/** What may leave an account: nothing unless it is ACTIVE and no hold keeps the whole; else what the amounts leave. In fen. */
export function availableFen(account: Pick<AccountRow, 'status' | 'balance'>, blocked: Blocked | undefined): bigint {
  if (account.status !== 'ACTIVE' || blocked?.whole) return 0n;
  const rest = BigInt(account.balance) - (blocked?.kept ?? 0n);
  return rest > 0n ? rest : 0n;
}

const refused = (reason: HoldRefusal): HoldOutcome => ({ outcome: 'REFUSED', reason });

/** Two who come with one order id wait for each other here, before any account is locked. */
async function lockOrder(manager: EntityManager, orderId: string): Promise<HoldRow | undefined> {
  await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`ledger.hold\n${orderId}`]);
  const [row] = await rowsOf<HoldRow>(
    manager,
    `select hold.account_id, hold.amount, hold.held, hold.balance, hold.started_at, hold.ended_at, hold.still_stopped, account.currency
     from ledger.hold left join ledger.account on account.id = hold.account_id
     where order_id = $1`,
    [orderId],
  );
  return row;
}

function repeatHold(earlier: HoldRow, { ref, extent }: HoldCommand): HoldOutcome {
  if (earlier.account_id === null) return refused('RELEASED_BEFORE');
  const amount = extent === 'WHOLE' ? null : extent.fen.toString();
  if (earlier.account_id !== ref || earlier.amount !== amount) return refused('OTHER_CONTENT');
  return { outcome: 'HELD', executedAt: earlier.started_at, held: moneyOf(earlier.held, earlier.currency), balance: moneyOf(earlier.balance, earlier.currency) };
}

function findHoldRefusal(account: AccountRow, can: CoreCapabilities, { extent }: HoldCommand): HoldRefusal | undefined {
  if (account.status === 'CLOSED') return 'CLOSED';
  if (account.status === 'FROZEN') return 'ALREADY_FROZEN';
  if (isExempt(account.exempt_kind, extent)) return 'EXEMPT_ACCOUNT';
  if (!can.currencies.includes(account.currency)) return 'NOT_SUPPORTED';
  if (extent === 'WHOLE') return can.wholeAccount ? undefined : 'NOT_SUPPORTED';
  return can.limitedAmount && extent.currency === account.currency ? undefined : 'NOT_SUPPORTED';
}

async function insertHold(manager: EntityManager, clock: Clock, { account, command }: { account: AccountRow; command: HoldCommand }): Promise<HoldOutcome> {
  const { orderId, extent } = command;
  const balance = BigInt(account.balance);
  const amount = extent === 'WHOLE' ? null : extent.fen;
  const kept = (await loadBlocked(manager, [account.id])).get(account.id)?.kept ?? 0n;
  const held = amount === null ? balance : atMost(amount, balance - kept);
  const executedAt = clock.now();
  await manager.query(
    'insert into ledger.hold (id, order_id, account_id, amount, held, balance, started_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [newId(), orderId, account.id, amount?.toString() ?? null, held.toString(), balance.toString(), executedAt],
  );
  return { outcome: 'HELD', executedAt, held: moneyOf(held, account.currency), balance: moneyOf(balance, account.currency) };
}

async function endHold(manager: EntityManager, clock: Clock, { orderId, accountId }: { orderId: string; accountId: string }): Promise<ReleaseOutcome> {
  await lockAccounts(manager, [accountId]);
  const releasedAt = clock.now();
  const [others] = await rowsOf<{ exist: boolean }>(
    manager,
    'select exists (select from ledger.hold where account_id = $1 and order_id <> $2 and ended_at is null) as exist',
    [accountId, orderId],
  );
  const stillStopped = others?.exist === true;
  await manager.query('update ledger.hold set ended_at = $2, still_stopped = $3 where order_id = $1', [orderId, releasedAt, stillStopped]);
  return { outcome: 'RELEASED', releasedAt, stillStopped };
}

/** The lesser of the two, never below zero. */
function atMost(wanted: bigint, there: bigint): bigint {
  if (there <= 0n) return 0n;
  return wanted < there ? wanted : there;
}
