/** Remembers the values used last, at most `most` of them. */
export class BoundedCache<Value> {
  private readonly values = new Map<string, Value>();

  constructor(private readonly most: number) {}

  /** The value of a key, when it is known. */
  find(key: string): Value | undefined {
    const known = this.values.get(key);
    if (known === undefined) return undefined;
    // Maps keep insertion order: the first key is the one not used for longest.
    this.values.delete(key);
    this.values.set(key, known);
    return known;
  }

  /** Remembers a value. */
  keep(key: string, value: Value): void {
    this.values.set(key, value);
    const eldest = this.values.keys().next();
    if (this.values.size > this.most && !eldest.done) this.values.delete(eldest.value);
  }

  /** The value of a key, made by `make` when it is not known. What `make` throws is not remembered. */
  get(key: string, make: () => Value): Value {
    const known = this.find(key);
    if (known !== undefined) return known;
    const made = make();
    this.keep(key, made);
    return made;
  }
}
