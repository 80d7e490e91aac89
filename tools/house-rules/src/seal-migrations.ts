import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './house';
import { checksumFile, presentChecksums, sealedChecksums, sealNew } from './migration-checksums';

/** `npm run migrations:seal`: adds the checksums of new migrations. From then on they may not change. */
function main(): void {
  const before = sealedChecksums();
  const after = sealNew(before, presentChecksums());
  writeFileSync(join(root, checksumFile), `${JSON.stringify(after, null, 2)}\n`);
  const added = Object.keys(after).filter((path) => before[path] === undefined);
  console.log(added.length === 0 ? 'Every migration was sealed before.' : `Sealed:\n${added.join('\n')}`);
}

main();
