import { clockCaller, type Agency } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { verifyExpectation, type Expectation } from '../receipt/expectation';
import type { Station } from '../station';
import { isExpectationOf, repeatRange, type SeqRange } from './believe-answer';
import type { Claimed } from './claim';

/**
 * Follows a partner that waits for another sequence number: everything from that number on is posted again, in order, byte for byte.
 * This happens when the partner was restored from a backup. When the chains differ before that number nothing is repeated:
 * one side's record is not what the other has receipted, and a person has to look. Returns whether something will be repeated.
 */
export async function repeatFrom(station: Station, { claimed, signed }: { claimed: Claimed; signed: string }): Promise<boolean> {
  const { agency, directory, clock, tell } = station;
  const { partner } = claimed;
  const expectation = await verifyExpectation(signed, { directory, at: clock.now() });
  const isRepeating = isExpectationOf(expectation, { from: agency, to: partner }) && (await markForRepeat(station, { claimed, expectation }));
  tell({ event: isRepeating ? 'exchange.repeating-from' : 'exchange.chains-differ', partner, seq: expectation.expectedSeq });
  return isRepeating;
}

async function markForRepeat({ agency, database }: Station, { claimed, expectation }: { claimed: Claimed; expectation: Expectation }): Promise<boolean> {
  const { partner, firstSeq } = claimed;
  return database.asCaller(clockCaller(agency), async (manager) => {
    const [expected] = await manager.query<{ prev_hash: Buffer }[]>('select prev_hash from outbox_dispatch where partner = $1 and first_seq = $2', [partner, expectation.expectedSeq]);
    const range = repeatRange(expectation, { chainBefore: expected?.prev_hash.toString('hex'), sentSeq: firstSeq });
    if (!range) return false;
    await markRange(manager, partner, range);
    return true;
  });
}

/** See `forgotten` in `dispatch.ts`. */
export const markRange = (manager: EntityManager, partner: Agency, { first, last }: SeqRange): Promise<unknown> =>
  manager.query('update outbox_dispatch set repeat = true, next_attempt_at = now() where partner = $1 and first_seq between $2 and $3', [partner, first, last]);
