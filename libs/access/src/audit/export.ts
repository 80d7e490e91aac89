import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Agency } from '@lianfang/vocabulary';
import { loadCheckpoints, onSnapshot, sealedPages } from './audit-rows';
import { checkpointLine, entryLine, headerLine } from './export-format';

/** Which trail to export, and where to. */
export interface ExportOptions {
  /** URL of the agency's worker login. */
  readonly url: string;
  readonly agency: Agency;
  /** Written to and not ended. */
  readonly output: Writable;
}

/**
 * Writes the sealed trail as NDJSON with its last checkpoint, so that it can be verified without a database.
 * Returns the number of entries. Throws when an entry is gone: verify the database first.
 */
export async function exportAudit({ url, agency, output }: ExportOptions): Promise<number> {
  const write = async (line: string): Promise<void> => void (output.write(`${line}\n`) || (await once(output, 'drain')));
  return onSnapshot(url, async (reader) => {
    let count = 0;
    await write(headerLine(agency));
    for await (const page of sealedPages(reader)) {
      for (const { seq, entryId, entry, chainHash } of page) {
        if (entry === undefined) throw new Error(`audit: entry ${entryId} at seq ${seq} is gone; run audit:verify on the database`);
        await write(entryLine(seq, entry, chainHash));
        count += 1;
      }
    }
    const last = (await loadCheckpoints(reader, agency, { after: 0n, upTo: null })).at(-1);
    if (last) await write(checkpointLine(last));
    return count;
  });
}
