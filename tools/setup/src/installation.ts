import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { clockOffset } from '@lianfang/subgraph';
import { offsetClock, type Clock } from '@lianfang/vocabulary';
import { appPlan, type Parts } from './app-plans';
import { agencyApps, readConfig, realmUrl, type AgencyApp } from './config';
import { findDatabases, type Databases } from './databases';
import { directoryFolder } from './directory';
import { findRunsClock } from './run-lock';
import { Secrets } from './secrets';
import { SetupProblem } from './setup-problem';

/** The system of this checkout as `npm start` has set it up, for commands that work on it from outside. */
export interface Installation {
  readonly databases: Databases;
  /** The clock of police and banks, moved as `npm start` was told; the machine's own while nothing runs. */
  readonly clock: Clock;
  /** Folder of the signed directory. */
  readonly directoryFolder: string;
  /** The variables with which an app's own programs find its database and keys. */
  environmentOf(app: AgencyApp): Readonly<Record<string, string | undefined>>;
}

/** Finds the installation. Throws a `SetupProblem` when `npm start` has never run here. */
export function findInstallation(): Installation {
  const config = readConfig();
  const secretsFile = join(config.dataFolder, 'secrets.json');
  if (!existsSync(secretsFile)) throw new SetupProblem(`There is nothing in ${config.dataFolder} yet: run npm start first, and leave it running.`);
  const databases = findDatabases({ ...config, secrets: Secrets.open(secretsFile) });
  const parts: Parts = { ...config, issuer: realmUrl(config) };
  const clock = offsetClock(clockOffset.parse(findRunsClock(config.dataFolder) || undefined));
  return { databases, clock, directoryFolder: directoryFolder(config.dataFolder), environmentOf: (app) => appPlan(app, parts, databases).env };
}

/** An app's word from the command line. Throws a `SetupProblem` with the words there are. */
export function parseApp(word: string | undefined): AgencyApp {
  const app = agencyApps.find((known) => known === word);
  if (app === undefined) throw new SetupProblem(`Name one of these apps: ${agencyApps.join(', ')}.`);
  return app;
}
