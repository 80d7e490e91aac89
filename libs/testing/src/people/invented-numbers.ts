/** ISO 7064 MOD 11-2 weights of GB 11643, written out here so that the kit does not test vocabulary with vocabulary. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/**
 * A citizen id with a right check character, in a region that was never assigned.
 *
 * @param seed makes the order digits, 0–999; odd is male
 * @example inventedId({ birth: '19900101', seed: 1 }) → '99010119900101001' + check character
 */
export function inventedId({ region = '990101', birth, seed }: { region?: string; birth: string; seed: number }): string {
  const first17 = `${region}${birth}${String(seed % 1000).padStart(3, '0')}`;
  const sum = [...first17].reduce((total, digit, index) => total + Number(digit) * (weights[index] ?? 0), 0);
  return first17 + '10X98765432'.charAt(sum % 11);
}

/** A card number of 19 digits with a right Luhn digit, under a prefix outside those of UnionPay and the card brands. */
export function inventedCard(prefix: string, seed: number): string {
  const first = prefix + String(seed).padStart(18 - prefix.length, '0');
  const sum = [...first].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return first + String((10 - (sum % 10)) % 10);
}

/** A mobile number of eleven digits that is plainly made up: 1990000 and the seed. */
export const inventedPhone = (seed: number): string => `1990000${String(seed % 10_000).padStart(4, '0')}`;
