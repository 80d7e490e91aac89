import 'reflect-metadata';
import { Database, Keyring } from '@lianfang/database';
import { repeatNewest } from '@lianfang/exchange';
import { agencyApps } from '../config';
import { findInstallation } from '../installation';
import { SetupProblem } from '../setup-problem';
import { runCommand } from './run-command';

/** `npm run exchange:repeat -- banks`: after that agency was restored from a backup the others ask what it has forgotten, and send it again. */
async function main(): Promise<number> {
  const [given] = process.argv.slice(2);
  const restored = agencyApps.find((agency) => agency === given);
  if (!restored) throw new SetupProblem(`Name the agency that was restored: npm run exchange:repeat -- ${agencyApps.join(' | ')}`);
  const { databases } = findInstallation();
  for (const agency of agencyApps.filter((other) => other !== restored)) {
    const keyring = Keyring.parse(databases.keyringOf(agency));
    const database = await Database.open({ agency, url: databases.urlOf(agency, 'worker'), entities: [], keyring, poolSize: 1, applicationName: 'lianfang exchange:repeat' });
    try {
      const isAsking = await repeatNewest(database, { agency, partner: restored });
      console.log(isAsking ? `${agency}: asks ${restored} what is missing there, and sends it again` : `${agency}: has never sent anything to ${restored}`);
    } finally {
      await database.close();
    }
  }
  return 0;
}

runCommand(main);
