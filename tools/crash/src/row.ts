import type { Design } from './design';
import type { House } from './house/house';

/** How much of a row is run: a few accidents in every `npm test`, or all. */
export type Extent = 'sample' | 'full';

/** What a row gets to run with. */
export interface Run<Under extends Design = Design> {
  readonly design: Under;
  readonly extent: Extent;
  /** From 0 to 1, the same for the same seed. */
  readonly random: () => number;
  /** One line about one accident. */
  readonly say: (line: string) => void;
}

interface RowWords {
  /** Its name on the command line, as in `kill-at-point`. */
  readonly name: string;
  /** What fails. */
  readonly what: string;
  /** Where it fails. */
  readonly where: string;
  /** How it is made to fail. */
  readonly how: string;
  /** Whether `npm test` takes a part of it. */
  readonly inSample: boolean;
}

/** A row of the fault matrix: a seeded script of accidents. It returns how many happened; the checker then looks at everything. */
export type Row =
  | (RowWords & { readonly of: 'any design'; run(run: Run): Promise<number> })
  | (RowWords & { readonly of: 'Lianfang'; readonly system?: SystemWish; run(run: Run<House>): Promise<number> });

/** What a row asks of the system that is started for it. */
export interface SystemWish {
  /** Size of a small disk for all its data, in megabytes. */
  readonly diskMegabytes?: number;
  /** Lines between the agencies that can be cut. */
  readonly lines?: boolean;
  /** Whether its database hands over its log to a backup folder beside its own. */
  readonly isBackedUp?: boolean;
}

/** An accident that must happen and does not proves nothing: it ends the row. */
export class NotReached extends Error {
  constructor(what: string) {
    super(`${what} did not happen: the flow does not come by there, so the row proves nothing`);
    this.name = 'NotReached';
  }
}
