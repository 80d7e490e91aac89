/** Remembers the values used last, as many as weigh at most `most` together. */
export class BoundedCache<Value> {
  private readonly values = new Map<string, Value>();
  private weight = 0;

  /** `weigh` tells what a key with its value weighs; one each unless it is given. */
  constructor(
    private readonly most: number,
    private readonly weigh: (key: string) => number = () => 1,
  ) {}

  /** The value of a key, when it is known. */
  find(key: string): Value | undefined {
    const known = this.values.get(key);
    if (known === undefined) return undefined;
    // Maps keep insertion order: the first key is the one not used for longest.
    this.values.delete(key);
    this.values.set(key, known);
    return known;
  }

  /** Remembers a value, and forgets those not used for longest. */
  keep(key: string, value: Value): void {
    this.forget(key);
    this.values.set(key, value);
    this.weight += this.weigh(key);
    for (const eldest of this.values.keys()) {
      if (this.weight <= this.most) return;
      this.forget(eldest);
    }
  }

  /** The value of a key, made by `make` when it is not known. What `make` throws is not remembered. */
  get(key: string, make: () => Value): Value {
    const known = this.find(key);
    if (known !== undefined) return known;
    const made = make();
    this.keep(key, made);
    return made;
  }

  private forget(key: string): void {
    if (this.values.delete(key)) this.weight -= this.weigh(key);
  }
}
