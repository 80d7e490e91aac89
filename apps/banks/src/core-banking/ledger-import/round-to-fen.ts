/**
 * Reads a decimal text in yuan and rounds it half up to fen, digit by digit: no float takes part. Scientific notation is understood (`1.5E7`).
 * Nothing for a text that is no amount: a sign, separators, words.
 *
 * @example roundToFen('544595.7886430753') === 54459579n · roundToFen('0.005') === 1n
 */
export function roundToFen(text: string): bigint | undefined {
  const match = /^(\d{1,18})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  // Position of the point between fen and their fractions, counted in digits from the left.
  const point = whole.length + Number(exponent) + 2;
  const padded = point > digits.length ? digits.padEnd(point, '0') : digits;
  if (point < 0) return 0n;
  const fen = BigInt(padded.slice(0, point) || '0');
  return (padded[point] ?? '0') >= '5' ? fen + 1n : fen;
}
