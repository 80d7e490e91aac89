import { newId } from '@lianfang/database';
import type { Money } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { inLedger, isLedgerRef, rowsOf, type Ledger } from './ledger';
import { lockAccounts, type AccountRow } from './ledger-account';
import { availableFen, loadBlocked, type Blocked } from './ledger-hold';
import { entryPlace } from './ledger-statement.query';

/** One end of a movement: an account of this ledger by its ref, somebody elsewhere, or cash. */
export type Side = { readonly ref: string } | { readonly number: string; readonly holderName: string; readonly institution: string | null } | 'CASH';

/** A movement to be posted. `reference` is its idempotency key: at most 64 characters, once per account. */
export interface Posting {
  readonly reference: string;
  readonly from: Side;
  readonly to: Side;
  readonly amount: Money;
  /** Default: the ledger's clock. */
  readonly at?: Date;
  readonly kind?: 'TRANSFER' | 'WITHDRAWAL' | 'DEPOSIT';
}

/** Why money does not move: HELD by a stop, FROZEN by another authority, or what the word says. */
export type PostingRefusal = 'NOT_FOUND' | 'CLOSED' | 'FROZEN' | 'HELD' | 'INSUFFICIENT' | 'OTHER_CURRENCY';

/** What became of a posting; a repeat of a posted reference says `isRepeat`. */
export type PostingOutcome = { readonly outcome: 'POSTED'; readonly isRepeat: boolean } | { readonly outcome: 'REFUSED'; readonly reason: PostingRefusal };

/**
 * Moves money between two accounts, or in or out of one, under the locks of both. Neither end may be left below what its holds keep.
 * Throws when neither end is an account of this ledger.
 */
export function postTransfer(ledger: Ledger, posting: Posting): Promise<PostingOutcome> {
  const refs = [posting.from, posting.to].flatMap((side) => refOf(side) ?? []);
  if (refs.length === 0) throw new Error('ledger: expected one end of a posting to be an account of this ledger');
  if (posting.amount.fen <= 0n) throw new Error('ledger: expected the amount of a posting to be more than 0');
  return inLedger(ledger, async (manager) => {
    const accounts = new Map((refs.every(isLedgerRef) ? await lockAccounts(manager, refs) : []).map((row) => [row.id, row]));
    if (refs.some((ref) => !accounts.has(ref))) return { outcome: 'REFUSED', reason: 'NOT_FOUND' };
    if (await isPosted(manager, refs, posting.reference)) return { outcome: 'POSTED', isRepeat: true };
    const reason = findRefusal(posting, accounts, await loadBlocked(manager, refs));
    if (reason) return { outcome: 'REFUSED', reason };
    await insertEntries(manager, ledger, posting);
    return { outcome: 'POSTED', isRepeat: false };
  });
}

const refOf = (side: Side): string | undefined => (side !== 'CASH' && 'ref' in side ? side.ref : undefined);

async function isPosted(manager: EntityManager, refs: readonly string[], reference: string): Promise<boolean> {
  const [row] = await rowsOf<{ posted: boolean }>(
    manager,
    'select exists (select from ledger.entry where account_id = any($1::uuid[]) and reference = $2) as posted',
    [refs, reference],
  );
  return row?.posted === true;
}

function findRefusal({ from, to, amount }: Posting, accounts: Map<string, AccountRow>, blocked: Map<string, Blocked>): PostingRefusal | undefined {
  const [payer, payee] = [accounts.get(refOf(from) ?? ''), accounts.get(refOf(to) ?? '')];
  if (payer?.status === 'CLOSED' || payee?.status === 'CLOSED') return 'CLOSED';
  if ([payer, payee].some((account) => account && account.currency !== amount.currency)) return 'OTHER_CURRENCY';
  if (!payer) return undefined;
  if (payer.status === 'FROZEN') return 'FROZEN';
  if (BigInt(payer.balance) < amount.fen) return 'INSUFFICIENT';
  return availableFen(payer, blocked.get(payer.id)) < amount.fen ? 'HELD' : undefined;
}

async function insertEntries(manager: EntityManager, ledger: Ledger, posting: Posting): Promise<void> {
  const transferId = newId();
  const at = posting.at ?? ledger.clock.now();
  const ends = [
    { own: refOf(posting.from), other: posting.to, fen: -posting.amount.fen },
    { own: refOf(posting.to), other: posting.from, fen: posting.amount.fen },
  ];
  for (const { own, other, fen } of ends) {
    if (own === undefined) continue;
    const id = newId();
    const outside = other !== 'CASH' && 'number' in other ? other : undefined;
    const seal = (column: Parameters<typeof entryPlace>[0], text: string | undefined) => (text === undefined ? null : ledger.database.keyring.seal(text, entryPlace(column, id)));
    await manager.query(insertEntry, [
      id, transferId, own, at, posting.kind ?? 'TRANSFER', fen.toString(), posting.reference, refOf(other) ?? null,
      seal('counterparty_number_sealed', outside?.number), seal('counterparty_name_sealed', outside?.holderName), outside?.institution ?? null,
    ]);
  }
}

/** Balance and entry in one statement: neither exists without the other. */
const insertEntry = `
  with moved as (update ledger.account set balance = balance + $6::bigint where id = $3 returning balance)
  insert into ledger.entry (id, transfer_id, account_id, at, kind, amount, balance_after, reference,
                            counterparty_account_id, counterparty_number_sealed, counterparty_name_sealed, counterparty_institution)
  select $1, $2, $3, $4, $5, $6, moved.balance, $7, $8, $9, $10, $11
  from moved`;
