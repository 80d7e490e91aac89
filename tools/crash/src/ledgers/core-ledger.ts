import { appendFileSync } from 'node:fs';

/** Something that truly happened to an account: the core system writes it down by itself, whoever asked. */
export interface CoreFact {
  readonly at: Date;
  /** The account's own number at the core, as in `account-17`. */
  readonly ref: string;
  readonly kind: 'HELD' | 'RELEASED';
  /** What the caller named the instruction: an order id, or whatever a design sends. */
  readonly instruction: string;
}

/** An account of the stub core, with the one payment that it took. */
export interface CoreAccount {
  readonly ref: string;
  readonly number: string;
  readonly holderName: string;
  /** In fen. */
  readonly fen: number;
  readonly paidAt: Date;
}

/** The core banking's own ledger: what was held and released, in the order in which it happened. It outlives every accident, because nothing kills it. */
export class CoreLedger {
  readonly #facts: CoreFact[] = [];
  readonly #accounts = new Map<string, CoreAccount>();

  /** @param file where every fact is also written, one JSON line each, for whoever looks after a failed run */
  constructor(private readonly file?: string) {}

  /** Opens accounts that nobody has named yet. */
  open(accounts: readonly CoreAccount[]): void {
    for (const account of accounts) this.#accounts.set(account.ref, account);
  }

  /** The account of that number; nothing when this core keeps none. */
  findByNumber(number: string): CoreAccount | undefined {
    return [...this.#accounts.values()].find((account) => account.number === number);
  }

  /** The account of that own number. */
  find(ref: string): CoreAccount | undefined {
    return this.#accounts.get(ref);
  }

  /** Writes a fact down. */
  record(fact: CoreFact): void {
    this.#facts.push(fact);
    if (this.file) appendFileSync(this.file, `${JSON.stringify(fact)}\n`);
  }

  /** Everything that happened, oldest first. */
  get facts(): readonly CoreFact[] {
    return this.#facts;
  }

  /** Everything that happened to one account, oldest first. */
  factsOf(ref: string): readonly CoreFact[] {
    return this.#facts.filter((fact) => fact.ref === ref);
  }
}
