import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { chainAfter, chainStart } from './chain';

const start = chainStart('police', 'banks');
const texts = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 12 });

describe('the chain of messages between two agencies', () => {
  it('is SHA-256 of the previous link and of the SHA-256 of the message', () => {
    const inner = createHash('sha256').update('message').digest();

    expect(chainAfter(start, ['message'])).toEqual(createHash('sha256').update(Buffer.concat([start, inner])).digest());
  });

  it('begins elsewhere for each pair and each direction', () => {
    expect(new Set([chainStart('police', 'banks'), chainStart('banks', 'police'), chainStart('police', 'telecoms')].map(String)).size).toBe(3);
  });

  it('does not depend on how the messages were cut into batches', () => {
    fc.assert(
      fc.property(texts, fc.nat(12), (messages, cut) => {
        expect(chainAfter(chainAfter(start, messages.slice(0, cut)), messages.slice(cut))).toEqual(chainAfter(start, messages));
      }),
    );
  });

  it('differs when a message is changed, left out, doubled or moved', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.string({ minLength: 1 }), (messages, at, other) => {
        const place = at % messages.length;
        const original = messages[place] ?? '';
        const changed = [
          messages.filter((_, index) => index !== place),
          messages.flatMap((message, index) => (index === place ? [message, message] : [message])),
          ...(other === original ? [] : [messages.with(place, other)]),
          ...(messages[0] === messages.at(-1) ? [] : [messages.with(0, messages.at(-1) ?? '').with(-1, messages[0] ?? '')]),
        ];
        for (const run of changed) expect(chainAfter(start, run)).not.toEqual(chainAfter(start, messages));
      }),
    );
  });
});
