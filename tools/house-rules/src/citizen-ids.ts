const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** The examples printed in GB 11643 itself: they belong to nobody. */
export const standardVectors: readonly string[] = ['11010519491231002X', '440524188001010014'];

/** Every text of 18 characters in `text` that would pass as a citizen id: a birth date and the check character of GB 11643 (ISO 7064 MOD 11-2). */
export function findCitizenIds(text: string): string[] {
  const candidates = text.match(/(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])/g) ?? [];
  return candidates.map((candidate) => candidate.toUpperCase()).filter((candidate) => hasBirthDate(candidate) && hasCheckCharacter(candidate));
}

/** Whether a region code was ever assigned to a province: 11 to 82 with gaps; invented people use others. */
export const isAssignedProvince = (id: string): boolean => /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/.test(id);

function hasBirthDate(id: string): boolean {
  const [year, month, day] = [id.slice(6, 10), id.slice(10, 12), id.slice(12, 14)].map(Number);
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return Number(year) >= 1850 && Number(year) <= 2100 && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function hasCheckCharacter(id: string): boolean {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(id[index]), 0);
  return '10X98765432'[sum % 11] === id[17];
}
