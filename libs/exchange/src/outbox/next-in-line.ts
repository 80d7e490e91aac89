/** A message that waits; `bytes` is its size. */
export interface Waiting {
  readonly subject: string;
  readonly urgent: boolean;
  readonly bytes: number;
}

/** How much leaves at once. */
export interface Room {
  readonly messages: number;
  readonly bytes: number;
}

/**
 * Which messages leave next, in their new order. `waiting` stands in the order of posting.
 * A subject with an urgent message goes before the others and takes along what was posted before it under the same subject:
 * order within a subject is never changed, so a release cannot overtake its hold.
 * Ends before the room is exceeded, but always takes the first.
 */
export function nextInLine<Message extends Waiting>(waiting: readonly Message[], room: Room): Message[] {
  const lastUrgent = new Map<string, number>();
  waiting.forEach(({ subject, urgent }, place) => urgent && lastUrgent.set(subject, place));
  const isLifted = (message: Message, place: number): boolean => place <= (lastUrgent.get(message.subject) ?? -1);
  const isLeft = (message: Message, place: number): boolean => !isLifted(message, place);
  return fitting([...waiting.filter(isLifted), ...waiting.filter(isLeft)], room);
}

function fitting<Message extends Waiting>(ordered: readonly Message[], room: Room): Message[] {
  const taken: Message[] = [];
  let bytes = 0;
  for (const message of ordered) {
    bytes += message.bytes;
    if (taken.length > 0 && (taken.length >= room.messages || bytes > room.bytes)) break;
    taken.push(message);
  }
  return taken;
}
