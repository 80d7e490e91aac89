/** Remembers the values used last, at most `most` of them. */
export class BoundedCache<Value> {
  private readonly values = new Map<string, Value>();

  constructor(private readonly most: number) {}

  /** The value of a key, made by `make` when it is not known. What `make` throws is not remembered. */
  get(key: string, make: () => Value): Value {
    const known = this.values.get(key);
    if (known !== undefined) {
      // Maps keep insertion order: the first key is the one not used for longest.
      this.values.delete(key);
      this.values.set(key, known);
      return known;
    }
    const made = make();
    this.values.set(key, made);
    const eldest = this.values.keys().next();
    if (this.values.size > this.most && !eldest.done) this.values.delete(eldest.value);
    return made;
  }
}
