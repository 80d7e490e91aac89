import 'reflect-metadata';
import { Database, Keyring, isId } from '@lianfang/database';
import { unpark } from '@lianfang/exchange';
import { agencyApps } from '../config';
import { findInstallation } from '../installation';
import { SetupProblem } from '../setup-problem';
import { runCommand } from './run-command';

/** `npm run exchange:unpark -- ID`: a parked message, by the id that `exchange:status` shows, is handled once more. */
async function main(): Promise<number> {
  const [id] = process.argv.slice(2);
  if (id === undefined || !isId(id)) throw new SetupProblem('Name the message: npm run exchange:unpark -- ID, with an id that npm run exchange:status shows as parked.');
  const { databases } = findInstallation();
  for (const agency of agencyApps) {
    const keyring = Keyring.parse(databases.keyringOf(agency));
    const database = await Database.open({ agency, url: databases.urlOf(agency, 'worker'), entities: [], keyring, poolSize: 1, applicationName: 'lianfang exchange:unpark' });
    try {
      if (await unpark(database, { agency, id })) {
        console.log(`${agency}: message ${id} is handled once more`);
        return 0;
      }
    } finally {
      await database.close();
    }
  }
  throw new SetupProblem(`No agency has parked a message ${id}.`);
}

runCommand(main);
