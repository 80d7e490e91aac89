import { createHash } from 'node:crypto';
import { hasFile, sources, textOf, type HouseFile } from './house';

/** Where the checksums of the sealed migrations stand. */
export const checksumFile = 'tools/house-rules/migration-checksums.json';

/** Path of a migration → SHA-256 of its text, in hexadecimal. */
export type Checksums = Readonly<Record<string, string>>;

/** Everything in a `migrations` folder: what a migration is made from must change as little as the migration itself. */
const migrationFiles: readonly HouseFile[] = sources.filter(({ path }) => /\/migrations\/[^/]+\.ts$/.test(path) && !/\.spec\.ts$/.test(path));

/** Every migration of the house. */
export const migrationClasses = migrationFiles.filter(({ path }) => textOf(path).includes('MigrationInterface'));

/** The checksums as they are committed. */
export const sealedChecksums = (): Checksums => (hasFile(checksumFile) ? (JSON.parse(textOf(checksumFile)) as Checksums) : {});

/** The checksums of the migrations as they stand now. Line ends do not count: git may change them. */
export const presentChecksums = (): Checksums =>
  Object.fromEntries(migrationFiles.map(({ path }) => [path, createHash('sha256').update(textOf(path).replace(/\r\n/g, '\n')).digest('hex')]));

/** The sealed checksums with the new migrations added. Throws when a sealed one was changed or is gone: databases have already run it. */
export function sealNew(sealed: Checksums, present: Checksums): Checksums {
  const broken = Object.keys(sealed).filter((path) => present[path] !== sealed[path]);
  if (broken.length > 0) throw new Error(`These migrations were changed or removed after they were sealed; restore them and write a new one instead:\n${broken.join('\n')}`);
  return Object.fromEntries(Object.entries(present).sort(([one], [other]) => (one < other ? -1 : 1)));
}
