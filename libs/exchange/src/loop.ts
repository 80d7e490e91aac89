import { retryPause } from './outbox/retry-schedule';

/** Work that is repeated until it is closed. */
export interface Loop {
  /** Works at once, or once more when it is working. */
  wake(): void;
  /** Ends after the step that runs. */
  close(): Promise<void>;
}

/** What is repeated: a step says whether more waits. A step that throws is told and repeated after a growing pause. */
export interface Repetition {
  readonly step: () => Promise<boolean>;
  /** Pause when nothing waits, in milliseconds. */
  readonly every: number;
  readonly onError: (error: unknown) => void;
}

/** Starts to repeat a step. */
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
        if (isOpen) await rest(retryPause(failures, Math.random()));
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
