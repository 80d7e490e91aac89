import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { auditCommand, type AuditCommandParts } from '@lianfang/access';
import { directoryFiles, loadDirectory } from '@lianfang/exchange';
import { agencyApps } from '../config';
import { findInstallation, parseApp } from '../installation';

/** Proves every agency's trail, or with arguments what `auditCommand` says. Returns the exit code: 0 when all of them hold. */
export async function verifyAudits(given: readonly string[]): Promise<number> {
  const wishes = given.length > 0 ? [given] : agencyApps.map((app) => ['--agency', app]);
  const codes: number[] = [];
  for (const wish of wishes) codes.push(await auditCommand(wish, parts));
  return Math.max(...codes);
}

const parts: AuditCommandParts = {
  urlOf: (agency) => findInstallation().databases.urlOf(parseApp(agency), 'worker'),
  findKeyOf: async (agency) => {
    const files = directoryFiles(findInstallation().directoryFolder);
    const rootKey = JSON.parse(await readFile(files.rootKey, 'utf8')) as Parameters<typeof loadDirectory>[1];
    const directory = await loadDirectory(await readFile(files.directory, 'utf8'), rootKey);
    return (kid) => {
      const key = directory.findKey(kid, { use: 'sig', at: new Date() });
      return key?.agency === agency ? key.publicKey : undefined;
    };
  },
  print: (line) => console.log(line),
};
