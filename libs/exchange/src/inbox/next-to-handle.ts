/** A stored message, as far as it decides about its turn. Instants in milliseconds. */
export interface InboxEntry {
  readonly seq: number;
  readonly subject: string;
  readonly urgent: boolean;
  readonly isHandled: boolean;
  readonly isParked: boolean;
  readonly retryAt: number;
}

/**
 * Which messages of a partner are handled next: urgent ones first, then by number; of each subject only the oldest that is not handled,
 * so a release waits behind its hold even when that is parked.
 * Production asks the database (`lockOldestOfSubjects`), the simulator this; `next-to-handle.spec.ts` holds one against the other.
 */
export function nextToHandle<Entry extends InboxEntry>(entries: readonly Entry[], { at, limit }: { at: number; limit: number }): Entry[] {
  const oldest = new Map<string, Entry>();
  for (const entry of entries) {
    if (entry.isHandled) continue;
    const known = oldest.get(entry.subject);
    if (!known || entry.seq < known.seq) oldest.set(entry.subject, entry);
  }
  const ready = [...oldest.values()].filter(({ isParked, retryAt }) => !isParked && retryAt <= at);
  return ready.sort((one, other) => Number(other.urgent) - Number(one.urgent) || one.seq - other.seq).slice(0, limit);
}
