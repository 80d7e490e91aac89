import { setTimeout as pause } from 'node:timers/promises';
import { isCoreSilent, workOnDueOrders, type MannedDesk } from './stop-payment-order/core-work';

/** A log for the machine's faults. */
interface Log {
  warn(fields: object, event: string): void;
  error(fields: object, event: string): void;
}

/** How often the machine looks for orders to work on, in milliseconds; `wake` shortens it. */
const POLL = 200;

/** Orders that one round works on at most. */
const ROUND = 32;

/** Starts the bank's machine: it works on due orders until it is closed. */
export function startCoreLoop(desk: MannedDesk, log: Log): { wake(): void; close(): Promise<void> } {
  let isOpen = true;
  let rest = new AbortController();
  const onFault = (orderId: string, error: unknown): void => {
    if (isCoreSilent(error)) log.warn({ orderId }, 'core.silent');
    else log.error({ orderId, cause: error instanceof Error ? error.name : 'unknown' }, 'core.work-failed');
  };
  const round = async (): Promise<number> => {
    try {
      return await workOnDueOrders(desk, { limit: ROUND, onFault });
    } catch (error) {
      log.error({ cause: error instanceof Error ? error.name : 'unknown' }, 'core.round-failed');
      return 0;
    }
  };
  const run = async (): Promise<void> => {
    while (isOpen) {
      rest = new AbortController();
      // An aborted rest is a wake-up.
      if ((await round()) === 0 && isOpen) await pause(POLL, undefined, { signal: rest.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    wake: () => rest.abort(),
    close: () => {
      isOpen = false;
      rest.abort();
      return running;
    },
  };
}
