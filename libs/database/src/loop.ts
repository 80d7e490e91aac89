/** Work that a process repeats until it is closed: carry messages, seal the trail, call the core systems. */
export interface Loop {
  /** Works at once, or once more when it is working. A loop whose last step failed keeps its pause. */
  wake(): void;
  /** Ends after the step that runs; what waits then is for the next start. Safe to call twice. */
  close(): Promise<void>;
}

/** What is repeated. A step that throws is told to `onError` and repeated after a growing pause. */
export interface Repetition {
  /** Does a part of the work, for instance one transaction, and says whether more waits. */
  readonly step: () => Promise<boolean>;
  /** Pause when nothing waits, in milliseconds. */
  readonly every: number;
  readonly onError: (error: unknown) => void;
}

/** The longest pause after a failure, in milliseconds. */
export const LONGEST_REST = 30_000;

/** Starts to repeat a step at once. Several processes may run the same loop: who takes a piece of work is decided in the database. */
export function startLoop({ step, every, onError }: Repetition): Loop {
  let isOpen = true;
  let isWoken = false;
  let failures = 0;
  let rouse: () => void = () => undefined;

  const rest = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    while (isOpen) {
      isWoken = false;
      try {
        const hasMore = await step();
        failures = 0;
        if (isOpen && !hasMore && !isWoken) await rest(every);
      } catch (error) {
        failures += 1;
        onError(error);
        if (isOpen) await rest(restAfter(failures, { every, chance: Math.random() }));
      }
    }
  };
  const running = run();

  return {
    wake: () => {
      isWoken = true;
      if (failures === 0) rouse();
    },
    close: () => {
      isOpen = false;
      rouse();
      return running;
    },
  };
}

/**
 * The pause after the `failures`-th failure in a row (from 1), in milliseconds: twice as long each time, at most 30 s, so that work is back
 * no later after an outage than the outage lasted. `chance` in [0, 1) spreads it by ±20 %: what failed together does not come back together.
 */
export function restAfter(failures: number, { every, chance }: { every: number; chance: number }): number {
  return Math.round(Math.min(every * 2 ** failures, LONGEST_REST) * (0.8 + 0.4 * chance));
}
