import { startLoop, type Loop } from '@lianfang/database';
import type { Agency } from '@lianfang/vocabulary';
import { Pool } from 'undici';
import { causeOf } from '../events';
import { NotAuthentic } from '../signature';
import type { Station } from '../station';
import { claimBatch, type Claimed } from './claim';
import { deliverBatch } from './deliver';
import { recordFailure } from './record-failure';
import { repeatFrom } from './repeat-from';
import { deliveryPause, type DeliveryFailure } from './retry-schedule';
import { noteReceipts, storeReceipt, type OnReceipt } from './store-receipt';
import { onPosted } from './wake';

/** How often the outbox is looked at when nothing was posted in this process, in milliseconds. */
const POLL = 100;

/** A partner that does not answer within this time is tried again later, in milliseconds. */
const PATIENCE = 10_000;

/** What a relay needs beside the station. */
export interface RelayOptions {
  readonly partner: Agency;
  readonly address: string;
  readonly onReceipt: OnReceipt;
}

/** Starts to carry messages to one partner. Nothing is held while it waits for the partner: every step begins from what the database says. */
export function startRelay(station: Station, { partner, address, onReceipt }: RelayOptions): Loop {
  const pool = new Pool(address, { connections: 2, headersTimeout: PATIENCE, bodyTimeout: PATIENCE, connect: { timeout: PATIENCE } });
  const loop = startLoop({
    step: () => relayStep(station, pool, { partner, onReceipt }),
    every: POLL,
    onError: (error) => station.tell({ event: 'exchange.step-failed', step: `relay to ${partner}`, cause: causeOf(error) }),
  });
  const stop = onPosted(loop.wake);
  return {
    wake: loop.wake,
    close: async () => {
      stop();
      // A post that hangs is abandoned, not awaited: its batch is posted again by whoever comes next.
      await Promise.all([loop.close(), pool.destroy()]);
    },
  };
}

async function relayStep(station: Station, pool: Pool, { partner, onReceipt }: Pick<RelayOptions, 'partner' | 'onReceipt'>): Promise<boolean> {
  const claimed = await claimBatch(station, partner);
  if (!claimed) return noteReceipts(station, partner, onReceipt);
  const messages = claimed.lastSeq - claimed.firstSeq + 1;
  station.tell({ event: 'exchange.dispatched', partner, messages, repeated: claimed.attempts > 1 });
  await station.reach('outbox.claimed-before-post');
  const start = performance.now();
  const isReceipted = await carry(station, pool, { claimed, onReceipt });
  if (isReceipted) station.tell({ event: 'exchange.receipted', partner, messages, milliseconds: performance.now() - start });
  return isReceipted;
}

/** Posts a batch and acts on the answer. Every failure is written down with the hour of the next attempt. */
async function carry(station: Station, pool: Pool, { claimed, onReceipt }: { claimed: Claimed; onReceipt: OnReceipt }): Promise<boolean> {
  const { partner, attempts } = claimed;
  const fail = async (cause: string, failure: DeliveryFailure): Promise<false> => {
    await recordFailure(station, { claimed, cause, pause: deliveryPause(failure, attempts, Math.random()) });
    return false;
  };
  try {
    const answer = await deliverBatch(station, pool, claimed);
    await station.reach('outbox.relay.sent-before-marked');
    switch (answer.kind) {
      case 'receipt':
        await storeReceipt(station, { claimed, signed: answer.signed }, onReceipt);
        await station.reach('receipt.stored');
        return true;
      case 'expectation':
        return (await repeatFrom(station, { claimed, signed: answer.signed })) || (await fail('CHAINS_DIFFER', 'CHAINS_DIFFER'));
      case 'refusal':
        station.tell({ event: 'exchange.refused-by-partner', partner, cause: answer.cause, attempts });
        return await fail(`REFUSED ${answer.cause}`, 'REFUSED');
      default:
        return answer satisfies never;
    }
  } catch (error) {
    const cause = causeOf(error);
    station.tell({ event: 'exchange.delivery-failed', partner, cause, attempts });
    return fail(cause, error instanceof NotAuthentic ? 'NOT_BELIEVED' : 'UNREACHED');
  }
}
