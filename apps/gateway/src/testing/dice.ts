/** Chance that can be repeated: the same seed throws the same numbers. */
export class Dice {
  constructor(private seed: number) {}

  /** A whole number below `sides`. */
  throw(sides: number): number {
    // mulberry32, a public-domain generator of 32 bits.
    this.seed = (this.seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  }

  /** Whether something with this chance, in percent, happens. */
  happens(percent: number): boolean {
    return this.throw(100) < percent;
  }

  /** One of several. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.throw(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }
}
