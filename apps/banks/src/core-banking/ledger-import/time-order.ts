import type { ImportedMovement } from './ledger-format';
import type { Report } from './row-problem';

/** All streams as one, in the order of time; at one instant the earlier file and the earlier line come first. Holds one row per stream. */
export async function* mergedByTime(streams: readonly AsyncIterable<ImportedMovement>[], report: Report): AsyncGenerator<ImportedMovement> {
  const iterators = streams.map((stream) => inTimeOrder(stream, report)[Symbol.asyncIterator]());
  const heads = await Promise.all(iterators.map((iterator) => iterator.next()));
  for (;;) {
    let first = -1;
    heads.forEach((head, index) => {
      const best = heads[first];
      if (!head.done && (!best || best.done || head.value.at < best.value.at)) first = index;
    });
    const [head, iterator] = [heads[first], iterators[first]];
    if (!head || head.done || !iterator) return;
    yield head.value;
    heads[first] = await iterator.next();
  }
}

/** Lets through what is in the order of time and not twice there: exact repeats stand at one instant, so that only one instant is remembered. */
async function* inTimeOrder(stream: AsyncIterable<ImportedMovement>, report: Report): AsyncGenerator<ImportedMovement> {
  let last = Number.NEGATIVE_INFINITY;
  const sameInstant = new Set<string>();
  for await (const movement of stream) {
    const { at, file, line } = movement;
    if (at.getTime() < last) {
      report({ file, line, text: 'the row is earlier than the row before it; sort the file by time' });
      continue;
    }
    if (at.getTime() > last) sameInstant.clear();
    last = at.getTime();
    const content = JSON.stringify([movement.from, movement.to, String(movement.fen), movement.kind]);
    if (sameInstant.has(content)) report({ file, line, text: 'the row repeats an earlier one: same time, accounts and amount' });
    else yield movement;
    sameInstant.add(content);
  }
}

/** A stream in pieces of `size`; the last may be shorter. */
export async function* inBatches<Item>(stream: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of stream) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
