import type { FailingProcess, FailpointName } from '@lianfang/database';
import type { Breach, Invariant, Ledgers } from './invariants';
import type { ClientOrder } from './ledgers/client-ledger';

/** Orders that are ready to be given together, as one approval. */
export interface Prepared {
  readonly orders: readonly ClientOrder[];
  /** What the design needs to go on; the suite does not look into it. */
  readonly key: unknown;
}

/** What stands under test: ours, or one that is known to be too simple. Everybody's clients write into the same ledgers. */
export interface Design {
  /** As in `Lianfang`. */
  readonly name: string;
  readonly ledgers: Ledgers;
  /** The fail points that its flow comes by, by process. */
  readonly points: Readonly<Partial<Record<FailingProcess, readonly FailpointName[]>>>;
  /** Invariants that it has the records for. */
  readonly checks: readonly Invariant[];
  /** Makes ready what an order needs: so much to be executed, and decoys beside it that nobody approves. */
  prepare(count: number): Promise<Prepared>;
  /** Gives the orders, insisting until they are acknowledged. */
  order(prepared: Prepared): Promise<void>;
  /** Waits until both sides say that every order is executed or refused, as long as that may take; what is not is left to the checker. */
  settle(prepared: Prepared): Promise<void>;
  /** Orders the release of what is stopped, insisting, and waits for both sides again. */
  release(prepared: Prepared): Promise<void>;
  /** Arms accidents in a running process, one after the other, as in `core.hold.before-call:kill`. */
  arm(process: FailingProcess, accidents: readonly string[]): void;
  /** How many armed accidents have not happened yet. */
  armed(process: FailingProcess): number;
  /** The same, and disarms them. */
  disarm(process: FailingProcess): number;
  /** Kills a process from outside; it comes back by itself. */
  kill(process: string, signal?: NodeJS.Signals): void;
  /** Waits until every process serves again. */
  untilReady(): Promise<void>;
  /** What the records themselves prove or betray, beside the ledgers. */
  examine(): Promise<Breach[]>;
}
