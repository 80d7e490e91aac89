import type { EntityManager } from 'typeorm';
import { InstitutionPrefix } from './institution-prefix.entity';

/** Shortest prefix that the table holds, in digits; the longest has 12. */
const SHORTEST = 3;
const LONGEST = 12;

/** Institution by number, for those whose prefix is known; the longest prefix wins. One statement for all. */
export async function findInstitutions(manager: EntityManager, numbers: readonly string[]): Promise<Map<string, string>> {
  const heads = new Set(numbers.flatMap(prefixesOf));
  const rows: { prefix: string; institution: string }[] = await manager.query(
    'select prefix, institution from institution_prefix where prefix = any($1)',
    [[...heads]],
  );
  const known = new Map(rows.map(({ prefix, institution }) => [prefix, institution]));
  const found = new Map<string, string>();
  for (const number of numbers) {
    const head = prefixesOf(number).find((prefix) => known.has(prefix));
    const institution = head === undefined ? undefined : known.get(head);
    if (institution !== undefined) found.set(number, institution);
  }
  return found;
}

/** The institution of one number, or nothing when no prefix of it is known. */
export async function findInstitution(manager: EntityManager, number: string): Promise<string | undefined> {
  return (await findInstitutions(manager, [number])).get(number);
}

/** Every prefix of a number that could stand in the table, the longest first. */
function prefixesOf(number: string): string[] {
  const digits = /^\d*/.exec(number)?.[0] ?? '';
  const longest = Math.min(LONGEST, digits.length);
  return Array.from({ length: Math.max(0, longest - SHORTEST + 1) }, (_, index) => digits.slice(0, longest - index));
}

/** All prefixes, or those of one institution, in order. */
export function loadPrefixes(manager: EntityManager, institution: string | null): Promise<InstitutionPrefix[]> {
  return manager.find(InstitutionPrefix, { where: institution === null ? {} : { institution }, order: { prefix: 'ASC' } });
}
