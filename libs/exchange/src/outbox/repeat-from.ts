import { clockCaller } from '@lianfang/vocabulary';
import { verifyExpectation } from '../receipt/expectation';
import type { Station } from '../station';
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
  const seq = expectation.expectedSeq;
  const isOurs = expectation.from === agency && expectation.to === partner;
  const repeated = isOurs ? await markForRepeat(station, { claimed, seq, headHash: Buffer.from(expectation.headHash, 'hex') }) : 0;
  tell({ event: repeated > 0 ? 'exchange.repeating-from' : 'exchange.chains-differ', partner, seq });
  return repeated > 0;
}

async function markForRepeat({ agency, database }: Station, { claimed, seq, headHash }: { claimed: Claimed; seq: number; headHash: Buffer }): Promise<number> {
  return database.asCaller(clockCaller(agency), async (manager) => {
    const [, count] = await manager.query<[unknown[], number]>(
      `update outbox_dispatch
       set repeat = true, next_attempt_at = now()
       where partner = $1 and first_seq between $2 and $3
         and exists (select from outbox_dispatch where partner = $1 and first_seq = $2 and prev_hash = $4)`,
      [claimed.partner, seq, claimed.lastSeq, headHash],
    );
    return count;
  });
}
