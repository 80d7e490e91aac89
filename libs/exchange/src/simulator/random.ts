/**
 * Numbers that are the same for the same seed: sfc32, the small fast chaotic generator of Chris Doty-Humphrey's PractRand (public domain).
 * Each purpose has a stream of its own, so that one decision more or less does not move all the others.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: number, stream: number) {
    this.a = seed | 0;
    this.b = Math.floor(seed / 4_294_967_296) | 0;
    this.c = stream | 0;
    for (let round = 0; round < 12; round += 1) this.next();
  }

  /** The next 32 bits, as a number from 0 to 2³² − 1. */
  next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum | 0;
    return sum >>> 0;
  }

  /** A whole number from 0 to `bound` − 1. */
  below(bound: number): number {
    return Math.floor((this.next() / 4_294_967_296) * bound);
  }

  /** From 0 up to, not including, 1. */
  fraction(): number {
    return this.next() / 4_294_967_296;
  }

  /** A whole number of milliseconds from `least` to `most`, as many small as large ones in order of magnitude. */
  spread(least: number, most: number): number {
    return Math.round(least * Math.exp(this.fraction() * Math.log(most / least)));
  }

  /** One of several. */
  pick<Choice>(choices: readonly Choice[]): Choice {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error('there is nothing to pick from');
    return choice;
  }
}
