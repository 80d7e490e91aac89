/** What can be wrong with a trail. Each fault names where: the sequence number, the entry, or both. */
export const auditFaults = {
  LEAF_DIFFERS: 'the entry does not have the content that was hashed when it was written',
  CHAIN_DIFFERS: 'the chain does not continue here: an entry or seal was changed, exchanged or inserted',
  SEQ_GAP: 'sequence numbers are missing before this one',
  ENTRY_MISSING: 'the sealed entry is gone',
  CHECKPOINT_HEAD: 'the signed head is not the head of the chain',
  CHECKPOINT_GAP: 'a checkpoint before this one is missing or was inserted',
  CHECKPOINT_SIGNATURE: "the checkpoint's signature is not the key's",
  CHECKPOINT_KEY_UNKNOWN: 'the checkpoint was signed with a key that is not the agency\'s',
  CHECKPOINT_BEYOND: 'a checkpoint stands beyond the end of the chain: the end was cut off',
  HEAD_UNSIGNED: 'the end of the chain is not signed',
  KNOWN_HEAD_MISSING: 'the chain does not contain the head that was kept elsewhere: it was cut off or rewritten',
  ENTRY_NOT_QUEUED: 'the entry is neither sealed nor waiting to be sealed',
  UNSEALED_TOO_LONG: 'the entry waits too long to be sealed: is the sealer running?',
  QUEUED_ENTRY_MISSING: 'an entry that waited to be sealed is gone',
  TRANSITION_WITHOUT_ENTRY: 'a change of state has no audit entry',
  ENTRY_WITHOUT_TRANSITION: 'the change of state that the entry tells of is gone',
  TRANSITION_DIFFERS: 'the change of state is not the one that the entry tells of',
  AGENCY_DIFFERS: 'the entry belongs to another agency',
  FILE_MALFORMED: 'the line is not as the export writes it',
  FILE_CUT: 'the file does not end in a checkpoint that covers all its entries',
} as const;

/** A fault's code, as in `LEAF_DIFFERS`. */
export type AuditFaultCode = keyof typeof auditFaults;

/** One fault, with its place. */
export interface AuditFault {
  readonly code: AuditFaultCode;
  readonly seq: string | null;
  readonly entryId: string | null;
  /** Line of an exported file, from 1. */
  readonly line?: number;
}

/** What a verification found. The trail is whole when there are no faults. */
export interface AuditReport {
  readonly agency: string;
  /** Sequence number and chain hash (hexadecimal) of the last sealed entry: keep them elsewhere, and nobody can cut the trail unseen. */
  readonly seq: string;
  readonly head: string;
  readonly checkpoints: number;
  /** Entries that wait to be sealed. */
  readonly waiting: number;
  readonly transitions: number;
  /** The first faults, up to `MOST_FAULTS`. */
  readonly faults: readonly AuditFault[];
}

/** A rewritten trail has as many faults as entries; nobody reads more than these. */
export const MOST_FAULTS = 100;

/** A fault as a line for people. */
export function describeFault({ code, seq, entryId, line }: AuditFault): string {
  const place = [line === undefined ? '' : `line ${line}`, seq === null ? '' : `seq ${seq}`, entryId === null ? '' : `entry ${entryId}`].filter((part) => part !== '');
  return `${code} at ${place.join(', ') || 'the trail'}: ${auditFaults[code]}`;
}
