import { startLoop, type Database, type Loop } from '@lianfang/database';
import { sealAudit, type SealOptions } from './seal';

/** How the sealer runs: `onError` is told of every failed batch. */
export interface SealerOptions extends SealOptions {
  readonly onError: (error: unknown) => void;
  /** Pause when nothing waits, in milliseconds; default 1,000. */
  readonly every?: number;
}

/** Seals the trail again and again with the worker login. Several processes may run it: they take turns. */
export function startSealer(worker: Database, { onError, every = 1_000, ...options }: SealerOptions): Loop {
  return startLoop({ step: async () => (await sealAudit(worker, options)) > 0, every, onError });
}
