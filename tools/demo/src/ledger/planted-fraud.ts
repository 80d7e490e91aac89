import { inventPerson, type InventedInstitution } from '@lianfang/testing';
import { LedgerFiles, type LedgerAccount } from './ledger-files';
import { seeded } from './random';

const MINUTE = 60_000;
const institutions = ['B001', 'B002', 'B003', 'P001'] as const satisfies readonly InventedInstitution[];

/** A payment of a victim that went on through layers of accounts. */
export interface PlantedPayment {
  readonly to: LedgerAccount;
  /** In fen. */
  readonly fen: number;
  readonly at: Date;
}

/** What is planted for one payment. */
export interface Planting {
  readonly from: LedgerAccount;
  readonly institution: InventedInstitution;
  readonly fen: number;
  readonly at: Date;
  /** How many layers of accounts the money runs through before cash or a shop; 0: it stays where it was paid. */
  readonly depth: number;
  /** The first account; an ordinary card when left out. */
  readonly to?: LedgerAccount;
}

/** Plants layered fraud in an invented ledger: every layer keeps a little and sends the rest on within minutes; the last one cashes out or buys at a shop. */
export class PlantedFraud {
  #next: number;
  readonly #random: () => number;

  constructor(
    private readonly ledger: LedgerFiles,
    private readonly shop: LedgerAccount,
    seed: number,
  ) {
    this.#next = seed;
    this.#random = seeded(seed);
  }

  /** Plants one payment with all that follows it. */
  plant({ from, institution, fen, at, depth, to = this.#open(institution) }: Planting): PlantedPayment {
    this.ledger.move({ from, to, fen, at });
    if (depth > 0) this.#sendOn(to, { fen, at, layers: depth - 1 });
    return { to, fen, at };
  }

  #sendOn(from: LedgerAccount, { fen, at, layers }: { fen: number; at: Date; layers: number }): void {
    const sent = Math.floor(fen * (0.85 + this.#random() * 0.13));
    const later = new Date(at.getTime() + MINUTE + Math.floor(this.#random() * 3 * MINUTE));
    if (layers <= 0) {
      const isShop = this.#random() < 0.3;
      this.ledger.move({ from, to: isShop ? this.shop : null, fen: sent, at: later });
      return;
    }
    const first = Math.floor(sent * (0.4 + this.#random() * 0.3));
    for (const part of [first, sent - first]) {
      const institution = institutions[Math.floor(this.#random() * institutions.length)] ?? 'B001';
      const to = this.#open(institution);
      this.ledger.move({ from, to, fen: part, at: later });
      this.#sendOn(to, { fen: part, at: later, layers: layers - 1 });
    }
  }

  #open(institution: InventedInstitution): LedgerAccount {
    const { account: number, name } = inventPerson(this.#next, institution);
    this.#next += 1;
    return this.ledger.open({ institution, number, holderName: name, product: institution === 'P001' ? 'payment account' : 'debit card' });
  }
}
