import 'reflect-metadata';
import { Database, Keyring } from '@lianfang/database';
import { exchangeStatus, statusTable } from '@lianfang/exchange';
import { agencyApps, type AgencyApp } from '../config';
import { findInstallation, type Installation } from '../installation';
import { SetupProblem } from '../setup-problem';
import { runCommand } from './run-command';

/** `npm run exchange:status`: what waits in each agency's exchange, why, and since when by the agency's own clock. */
async function main(): Promise<number> {
  const installation = findInstallation();
  for (const app of agencyApps) console.log(await statusOf(app, installation));
  return 0;
}

async function statusOf(agency: AgencyApp, { databases, clock }: Installation): Promise<string> {
  const database = await open(agency, databases);
  try {
    const now = clock.now();
    return statusTable(agency, await exchangeStatus(database, { agency, now }), now);
  } finally {
    await database.close();
  }
}

async function open(agency: AgencyApp, databases: Installation['databases']): Promise<Database> {
  const url = databases.urlOf(agency, 'worker');
  try {
    return await Database.open({ agency, url, entities: [], keyring: Keyring.parse(databases.keyringOf(agency)), poolSize: 1, applicationName: 'lianfang exchange:status' });
  } catch (cause) {
    throw new SetupProblem(`The database at ${new URL(url).host} does not answer: run npm start first, and leave it running.`, { cause });
  }
}

runCommand(main);
