import type { Agency } from '@lianfang/vocabulary';
import { loadCheckpoints, onSnapshot, sealedPages, type Reader } from './audit-rows';
import { ChainWalk, type KnownHead } from './chain-walk';
import type { FindKey } from './checkpoint';
import { MOST_FAULTS, type AuditReport } from './fault';
import { leafOf } from './leaf';
import { findTransitionFaults } from './verify-transitions';
import { findWaitingFaults } from './verify-waiting';

/** Which trail to verify, and by what. */
export interface VerifyOptions {
  /** URL of the agency's worker login. */
  readonly url: string;
  readonly agency: Agency;
  readonly findKey: FindKey;
  /** How long an entry may wait to be sealed, in seconds; default 60. */
  readonly unsealedAtMost?: number;
  /** A head that was kept elsewhere: without one, a trail cut off together with its checkpoints looks like a shorter whole one. */
  readonly known?: KnownHead;
}

/**
 * Verifies an agency's trail in its database: recomputes every leaf from the row's columns, the chain, the signatures,
 * that every transition has its entry and every entry its transition, and that nothing waits too long.
 * One byte changed anywhere is found and named by sequence number and entry.
 */
export async function verifyAudit({ url, agency, findKey, unsealedAtMost = 60, known }: VerifyOptions): Promise<AuditReport> {
  return onSnapshot(url, async (reader) => {
    const walk = new ChainWalk(agency, findKey, known);
    await walkChain(reader, walk, agency);
    const waiting = await findWaitingFaults(reader, unsealedAtMost);
    const transitions = await findTransitionFaults(reader);
    const faults = [...walk.faults, ...waiting.faults, ...transitions.faults].slice(0, MOST_FAULTS);
    return { agency, seq: String(walk.seq), head: walk.head.toString('hex'), checkpoints: walk.checkpoints, waiting: waiting.count, transitions: transitions.count, faults };
  });
}

async function walkChain(reader: Reader, walk: ChainWalk, agency: Agency): Promise<void> {
  for await (const page of sealedPages(reader)) {
    const upTo = page.at(-1)?.seq ?? walk.seq;
    const signed = new Map((await loadCheckpoints(reader, agency, { after: walk.seq, upTo })).map((checkpoint) => [checkpoint.seq, checkpoint]));
    for (const row of page) {
      walk.entry({ ...row, leaf: row.entry && leafOf(row.entry), storedLeaf: row.entry?.leaf, origin: row.entry });
      const checkpoint = signed.get(String(row.seq));
      if (!checkpoint) continue;
      if (checkpoint.previousSeq !== String(walk.signedSeq)) walk.faults.push({ code: 'CHECKPOINT_GAP', seq: checkpoint.seq, entryId: null });
      walk.checkpoint(checkpoint, checkpoint.signature);
    }
    if (walk.faults.length > MOST_FAULTS) break;
  }
  for (const { seq } of await loadCheckpoints(reader, agency, { after: walk.seq, upTo: null })) walk.faults.push({ code: 'CHECKPOINT_BEYOND', seq, entryId: null });
  walk.end();
}
