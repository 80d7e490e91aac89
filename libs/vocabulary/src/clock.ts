/** The hour, as an argument: rules and actions never ask the machine. */
export interface Clock {
  now(): Date;
}

/** The machine's clock moved by `offsetMs` milliseconds (0 in production; see `CLOCK_OFFSET`). */
export const offsetClock = (offsetMs: number): Clock => ({ now: () => new Date(Date.now() + offsetMs) });

/** A clock that stands still at `instant` until it is set; for tests. */
export function setClock(instant: string | Date): Clock & { set(next: string | Date): void; advance(milliseconds: number): void } {
  let current = new Date(instant);
  return {
    now: () => new Date(current),
    set: (next) => void (current = new Date(next)),
    advance: (milliseconds) => void (current = new Date(current.getTime() + milliseconds)),
  };
}

/** One hour in milliseconds. */
export const HOUR = 3_600_000;

/** One minute in milliseconds. */
export const MINUTE = 60_000;
