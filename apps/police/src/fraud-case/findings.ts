import { isBlank, isRefusal, normaliseTyped, refuse, type Refusal, type Warning } from '@lianfang/vocabulary';

/** Collects what is wrong and what is doubtful while an input is read, so that a person sees all of it at once. */
export class Findings {
  readonly refusals: Refusal[] = [];
  readonly warnings: Warning[] = [];

  /** The value that was read, or nothing when it was refused. */
  keep<T>(read: T | Refusal): T | undefined {
    if (!isRefusal(read)) return read;
    this.refusals.push(read);
    return undefined;
  }

  /** Reads a text that may be left out: null when it is blank, nothing when it was refused. */
  keepOptional<T>(text: string | null | undefined, read: (text: string) => T | Refusal): T | null | undefined {
    return isBlank(text) ? null : this.keep(read(text));
  }

  /** Keeps doubts; nothing is no doubt. */
  doubt(...warnings: readonly (Warning | undefined)[]): void {
    this.warnings.push(...warnings.filter((warning) => warning !== undefined));
  }
}

/** Reads a code of a closed list; letters may be small. */
export function readCode<Table extends object>(table: Table, text: string, path: string): Extract<keyof Table, string> | Refusal {
  const code = normaliseTyped(text).toUpperCase();
  if (code === '') return refuse('VALUE_MISSING', { path });
  return Object.hasOwn(table, code) ? (code as Extract<keyof Table, string>) : refuse('VALUE_NOT_LISTED', { path });
}

/** Reads the number of an incident, recording or the like: 4 to 40 digits, letters or hyphens. */
export function readReference(text: string, path: string): string | Refusal {
  const read = normaliseTyped(text).replaceAll(' ', '').toUpperCase();
  return /^[0-9A-Z-]{4,40}$/.test(read) ? read : refuse('INCIDENT_NUMBER_FORM', { path });
}

/** The refusal of a list that is longer than one submission may be. */
export const refuseLongList = (list: readonly unknown[], path: string, longest: number): Refusal | undefined =>
  list.length > longest ? refuse('LIST_TOO_LONG', { path, parameters: { longest: String(longest) } }) : undefined;
