import { lookInside } from '@lianfang/demo';
import { findWords } from './find-words';
import { withHouse } from './house/house';

/** Values that are looked for, at least: names, accounts, id numbers and phones of invented people. */
const MARKED = 1_000;

/** Accounts of one case. */
const ACCOUNTS = 40;

/** `npm run canary`: works on cases of marked people in a system of its own, then looks for every value in all that it has written: data files, WAL, logs. */
async function main(): Promise<void> {
  const { personal, files, bytes, found } = await withHouse({}, async (house) => {
    const { personal } = house.ledgers.clients;
    while (personal.size < MARKED) {
      const prepared = await house.prepare(ACCOUNTS);
      await house.order(prepared);
      await house.settle(prepared);
    }
    // What waits in memory is written as well before the search.
    for (const app of ['police', 'banks'] as const) await lookInside(house.own.system, app, 'checkpoint');
    return { personal, ...findWords(house.own.folder, personal) };
  });
  process.stdout.write(`${personal.size} marked values, plain, hex and base64, in ${files} files (${Math.round(bytes / 1e6)} MB): ${found.length === 0 ? '0 hits' : `found in ${found.join(', ')}`}\n`);
  if (found.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
