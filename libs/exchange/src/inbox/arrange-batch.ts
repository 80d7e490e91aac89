import type { ParkingReason } from './admission';

/** A message of a batch after its admission, in order of sequence. */
export interface Arrival {
  /** Null when the signed content was no envelope. */
  readonly messageId: string | null;
  readonly subject: string;
  readonly urgent: boolean;
  /** Why it may not be handled; null when it may. */
  readonly parking: ParkingReason | null;
}

/** A message as the inbox keeps it. */
export type Arranged<Message extends Arrival> = Message & {
  /** Whether its id came before, in another batch or in this one. */
  readonly repeatsId: boolean;
};

/**
 * How the messages of a batch are kept. One whose id is `known` is evidence and counts as handled: what it says was said already, so it is not parked either.
 * One before an urgent message of its subject becomes urgent, because it must be handled before it.
 */
export function arrangeBatch<Message extends Arrival>(messages: readonly Message[], known: ReadonlySet<string>): Arranged<Message>[] {
  const seen = new Set(known);
  const lastUrgent = new Map<string, number>();
  messages.forEach(({ subject, urgent }, place) => urgent && lastUrgent.set(subject, place));
  return messages.map((message, place) => {
    const repeatsId = message.messageId !== null && seen.has(message.messageId);
    if (message.messageId !== null) seen.add(message.messageId);
    return { ...message, repeatsId, parking: repeatsId ? null : message.parking, urgent: place <= (lastUrgent.get(message.subject) ?? -1) };
  });
}
