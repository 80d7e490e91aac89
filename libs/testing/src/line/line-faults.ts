/** What a bad line does to what is posted over it. */
export const lineFaults = {
  doubled: 'arrives a hundred times, eight at once',
  straggling: 'is lost, and arrives after what was posted later',
  delayed: 'arrives 700 ms later',
  slow: 'arrives in ten parts, 100 ms apart',
  dropped: 'is lost',
  truncated: 'arrives without its end',
  flipped: 'arrives with one byte changed',
  unanswered: 'arrives, and the answer is lost',
  garbled: 'arrives, and one byte of the answer is changed',
  'cut short': 'arrives, and the answer breaks off in its middle',
  hung: 'is lost, and the connection stays open',
} as const;

/** One of them, as in `doubled`. */
export type LineFault = keyof typeof lineFaults;

/** The same bytes with one of them changed, at a place and to a value that are drawn. */
export function flipOne(bytes: Buffer, random: () => number): Buffer {
  const place = Math.floor(random() * bytes.length);
  return flipAt(bytes, { place, by: 1 + Math.floor(random() * 255) });
}

/** The same bytes with the one at `place` changed; `by` is from 1 to 255. */
export function flipAt(bytes: Buffer, { place, by }: { place: number; by: number }): Buffer {
  const changed = Buffer.from(bytes);
  changed[place] = (changed[place] ?? 0) ^ by;
  return changed;
}
