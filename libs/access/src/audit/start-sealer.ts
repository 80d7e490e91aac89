import type { Database } from '@lianfang/database';
import { sealAudit, type SealOptions } from './seal';

/** A running sealer. */
export interface Sealer {
  /** Ends after the batch that runs; what waits then is sealed by the next start. */
  close(): Promise<void>;
}

/** How the sealer runs: `onError` is told of every failed batch. */
export interface SealerOptions extends SealOptions {
  readonly onError: (error: unknown) => void;
  /** Pause when nothing waits, in milliseconds; default 1,000. */
  readonly every?: number;
}

/** Seals the trail again and again with the worker login. Several processes may run it: they take turns. */
export function startSealer(worker: Database, { onError, every = 1_000, ...options }: SealerOptions): Sealer {
  let isOpen = true;
  let rouse: () => void = () => undefined;

  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, every);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    while (isOpen) {
      let sealed = 0;
      try {
        sealed = await sealAudit(worker, options);
      } catch (error) {
        onError(error);
      }
      if (isOpen && sealed === 0) await rest();
    }
  };
  const running = run();

  return {
    close: () => {
      isOpen = false;
      rouse();
      return running;
    },
  };
}
