import { startLoop, type Loop } from '@lianfang/database';
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
export function startCoreLoop(desk: MannedDesk, log: Log): Loop {
  const onFault = (orderId: string, error: unknown): void => {
    if (isCoreSilent(error)) log.warn({ orderId }, 'core.silent');
    else log.error({ orderId, cause: nameOf(error) }, 'core.work-failed');
  };
  return startLoop({
    step: async () => (await workOnDueOrders(desk, { limit: ROUND, onFault })) > 0,
    every: POLL,
    onError: (error) => log.error({ cause: nameOf(error) }, 'core.round-failed'),
  });
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
