import type { Agency, Role } from './roles';

/** Who acts: a person with a token, or one of the two system actors (the clock, a partner's message). */
export interface Caller {
  /** Subject of the token (UUID), or `clock` / `partner:<agency>` for the system actors. */
  readonly id: string;
  /** Display name; never stored in the audit trail. */
  readonly name: string;
  readonly agency: Agency;
  readonly roles: readonly Role[];
  /** The bank or payment institution the person works for: a code of the directory, as in `B001`. */
  readonly institution: string | null;
  /** Police organisation code, 12 digits of which the first six are the region (GA/T 380). */
  readonly unit: string | null;
  /** GB/T 2260 region code, 6 digits, as in `110105`. */
  readonly region: string | null;
  readonly kind: 'person' | 'clock' | 'partner';
}

/** The side that an action of a lifecycle belongs to. Which roles act for a side stands in the permissions table. */
export type Side = 'police' | 'bank' | 'telecom' | 'platform' | 'joint-office' | 'clock';

/** The caller that fires deadlines and timers inside one agency. */
export const clockCaller = (agency: Agency): Caller => systemCaller('clock', 'clock', agency);

/** The caller in whose name a partner's verified message is handled inside `agency`. */
export const partnerCaller = (agency: Agency, from: Agency): Caller => systemCaller(`partner:${from}`, 'partner', agency);

function systemCaller(id: string, kind: 'clock' | 'partner', agency: Agency): Caller {
  return { id, name: id, agency, roles: [], institution: null, unit: null, region: null, kind };
}
