import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The secrets of one machine's development system: made at random on the first run, kept beside the data, never in the repository. */
export class Secrets {
  private constructor(
    private readonly file: string,
    private readonly values: Record<string, string>,
  ) {}

  /** Opens the file, which only its owner may read (0600); a missing file is an empty one. */
  static open(file: string): Secrets {
    return new Secrets(file, existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {});
  }

  /** The secret of that name; the first time, what `make` gives. */
  get(name: string, make: () => string = randomPassword): string {
    const known = this.values[name];
    if (known !== undefined) return known;
    const made = make();
    this.values[name] = made;
    this.#store();
    return made;
  }

  #store(): void {
    mkdirSync(dirname(this.file), { recursive: true });
    // Written beside and renamed: a process killed in mid-write leaves the old file whole.
    writeFileSync(`${this.file}.new`, `${JSON.stringify(this.values, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }
}

/** A password of 192 random bits, safe in a URL. */
const randomPassword = (): string => randomBytes(24).toString('base64url');
