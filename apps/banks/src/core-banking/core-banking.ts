import type { Money, StoppablePayeeKind } from '@lianfang/vocabulary';
import type { ExemptKind } from './exempt-kind';

/** What an institution's core system can do. An order beyond it is answered NOT_SUPPORTED; the directory tells the police before they order (`practice.md` C). */
export interface CoreCapabilities {
  /** Can make an account receive-only (只收不付). */
  readonly wholeAccount: boolean;
  /** Can keep an amount and let the rest move (限额). */
  readonly limitedAmount: boolean;
  /** Kinds of payee whose account it finds by number (practice A8). */
  readonly payeeKinds: readonly StoppablePayeeKind[];
  /** ISO 4217 codes of the accounts that it keeps. */
  readonly currencies: readonly string[];
}

/** ACTIVE moves both ways; FROZEN by another authority and stopped accounts receive only; CLOSED does nothing. */
export type CoreAccountStatus = 'ACTIVE' | 'FROZEN' | 'CLOSED';

/** An account as the core system knows it. */
export interface CoreAccount {
  /** The core's own opaque id; never the number. */
  readonly ref: string;
  readonly institution: string;
  readonly number: string;
  readonly holderName: string;
  readonly status: CoreAccountStatus;
  /** Why the account may not be stopped, or null. @law 53-21 53-22 */
  readonly exemptKind: ExemptKind | null;
  readonly currency: string;
  /** The institution's own product name, as in `debit card`. */
  readonly product: string;
}

/** One movement of an account, seen from that account. */
export interface CoreTransaction {
  /** The core's own transaction number, at most 64 characters. */
  readonly reference: string;
  readonly at: Date;
  /** Always positive; the list it stands in says the direction. */
  readonly amount: Money;
  readonly kind: 'TRANSFER' | 'WITHDRAWAL' | 'DEPOSIT';
  /** The other side; its parts are null where the core does not know them (cash, a foreign bank). */
  readonly counterparty: { readonly number: string | null; readonly holderName: string | null; readonly institution: string | null };
}

/** What to look for among the money that came in: all amounts, or one; within `toleranceMs` before and after `around`. */
export interface IncomingSearch {
  readonly amount?: Money;
  readonly around: Date;
  /** Milliseconds to each side, both ends included. */
  readonly toleranceMs: number;
  /** Default 100, nearest to `around` first. */
  readonly limit?: number;
}

/** Outflows in the order in which they happened; `isTruncated` when there are more than were asked for. */
export interface Outflows {
  readonly transactions: readonly CoreTransaction[];
  readonly isTruncated: boolean;
}

/** What an order keeps in the account: everything, or an amount. */
export type HoldExtent = 'WHOLE' | Money;

/** A hold to be placed. `orderId` is its idempotency key for ever. */
export interface HoldCommand {
  readonly orderId: string;
  readonly ref: string;
  readonly extent: HoldExtent;
}

/** Why a core system places no hold. RELEASED_BEFORE: a release of the same order came first. OTHER_CONTENT: the order id already stands for another hold. */
export const holdRefusals = ['NOT_FOUND', 'CLOSED', 'ALREADY_FROZEN', 'EXEMPT_ACCOUNT', 'NOT_SUPPORTED', 'RELEASED_BEFORE', 'OTHER_CONTENT'] as const;

/** One of `holdRefusals`. */
export type HoldRefusal = (typeof holdRefusals)[number];

/** Nobody knows whether the command took effect: keep the state, call again with the same order id. `cause` holds no personal data. */
export interface Uncertain {
  readonly outcome: 'UNCERTAIN';
  readonly cause: string;
}

/** The hold stands since `executedAt` by the core's own clock; the 48 hours start there (86-3). */
export interface Held {
  readonly outcome: 'HELD';
  readonly executedAt: Date;
  /** What it found and keeps: the whole balance, or as much of the amount as other holds left; may be 0 when the money has moved on. */
  readonly held: Money;
  /** Balance of the account at that moment. */
  readonly balance: Money;
}

/** The answer to a hold. */
export type HoldOutcome = Held | { readonly outcome: 'REFUSED'; readonly reason: HoldRefusal } | Uncertain;

/** The order holds nothing any more since `releasedAt`. */
export interface Released {
  readonly outcome: 'RELEASED';
  readonly releasedAt: Date;
  /** Whether another order still holds the account (stacked stops, `practice.md` A7), at the moment of the first release. */
  readonly stillStopped: boolean;
}

/** The answer to a release. NOT_HELD: there was no hold; one that arrives late under this id will be refused RELEASED_BEFORE. */
export type ReleaseOutcome = Released | { readonly outcome: 'REFUSED'; readonly reason: 'NOT_HELD' } | Uncertain;

/**
 * The port to one institution's core system. Commands answer every fault as UNCERTAIN and may be repeated for ever:
 * the order id makes them take effect once, and a repeat gets the first answer. Reads throw `CoreUnavailable` on a fault.
 */
export interface CoreBanking {
  readonly institution: string;
  readonly capabilities: CoreCapabilities;
  /**
   * The account with exactly this number, or nothing. `kind` says what the number is of, one of `capabilities.payeeKinds`;
   * null or left out where an order does not say: an account's own number.
   */
  findAccount(number: string, kind?: StoppablePayeeKind | null): Promise<CoreAccount | undefined>;
  /** Ledger balance, and what its holder can still move out. Throws on an unknown `ref`. */
  balance(ref: string): Promise<{ readonly balance: Money; readonly available: Money }>;
  /** Incoming transfers, for the match of amount and time (86-2). */
  incoming(ref: string, search: IncomingSearch): Promise<readonly CoreTransaction[]>;
  /** Money that left at or after `since`: the match facts of the next layer. `limit` 1 to 1,000. */
  transactionsSince(ref: string, since: Date, limit: number): Promise<Outflows>;
  /** Places a hold: WHOLE makes the account receive-only, an amount is kept beside what earlier holds keep. */
  hold(command: HoldCommand): Promise<HoldOutcome>;
  /** Ends the hold of one order; others on the account stay. */
  release(orderId: string): Promise<ReleaseOutcome>;
}

/** The core system did not answer a read as it should; nothing has changed, ask again later. The message holds no personal data. */
export class CoreUnavailable extends Error {
  override readonly name = 'CoreUnavailable';
}

/** Kinds of payee whose identifier is the number of an account, at a bank or a payment institution: what a core finds when nothing else is said. */
export const accountKinds: readonly StoppablePayeeKind[] = ['BANK_CARD', 'CORPORATE_ACCOUNT', 'PASSBOOK', 'PAYMENT_ACCOUNT'];

/** Whether a core system can find the account of a payee of this kind; an order that does not say the kind names an account. */
export const canFind = ({ payeeKinds }: CoreCapabilities, kind: StoppablePayeeKind | null): boolean => kind === null || payeeKinds.includes(kind);
