import { canonical } from '@lianfang/database';
import type { CheckpointRow } from './audit-rows';
import { canonicalEntry, type AuditContent } from './leaf';

/**
 * An exported trail: one canonical JSON object per line (NDJSON, UTF-8, `\n` after each line).
 *
 *     {"agency":"police","format":"lianfang-audit","version":1}
 *     {"chain":"<hex>","entry":{…},"seq":"1"}        … every sealed entry
 *     {"checkpoint":{"agency":…,"at":…,"head":"<hex>","kid":…,"previousSeq":…,"seq":…,"signature":"<hex>"}}
 *
 * Nothing in it is unproven: the header stands in the signature, each entry in the chain, the chain's end in the checkpoint.
 */
export const headerLine = (agency: string): string => canonical({ agency, format: 'lianfang-audit', version: 1 });

/** The line of a sealed entry. */
export const entryLine = (seq: bigint, entry: AuditContent, chainHash: Buffer): string =>
  canonical({ chain: chainHash.toString('hex'), entry: JSON.parse(canonicalEntry(entry)) as unknown, seq: String(seq) });

/** The last line. */
export const checkpointLine = ({ agency, seq, previousSeq, head, at, kid, signature }: CheckpointRow): string =>
  canonical({ checkpoint: { agency, at: at.toISOString(), head: head.toString('hex'), kid, previousSeq, seq, signature: signature.toString('hex') } });
