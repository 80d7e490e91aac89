import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts, logFolder, ownEnvironment, readConfig, startSystem, Supervisor, type ProcessName, type ProcessPlan, type SupervisorOptions, type System, type SystemOptions } from '@lianfang/setup';

/** A system of its own in a temporary folder, on ports that nobody uses. */
export interface ThrowAway {
  readonly system: System;
  /** Where its data, its keys and its logs are. */
  readonly folder: string;
}

/** What a throw-away system is to be like. */
export interface ThrowAwayOptions {
  /** Names the folder, as in `story`. */
  readonly name: string;
  /** Variables for every process, as in `{ INSTITUTION_SETTINGS: '…' }`. */
  readonly environment?: ProcessPlan['env'];
  /** Whether what was acknowledged must outlive a killed database; otherwise commits are faster. */
  readonly isDurable?: boolean;
  /** Receives one line for every accident and every step of the start. */
  readonly report?: (line: string) => void;
  /** Variables for one process alone; `folder` is the system's own. */
  readonly environmentOf?: (name: ProcessName, folder: string) => ProcessPlan['env'];
  readonly dialled?: SystemOptions['dialled'];
  /** Whether its database hands over its log, to a folder "backup" beside its data. */
  readonly isBackedUp?: boolean;
  /** A Keycloak that its people log in at, instead of an identity provider of its own. */
  readonly keycloakUrl?: string;
  /** Where its folder is made, if not among the machine's temporary ones. */
  readonly parent?: string;
  /** Milliseconds before a crashed process starts again; the usual growing pause when left out. */
  readonly pauseOf?: SupervisorOptions['pauseOf'];
}

/**
 * Starts a whole system that nobody else uses, without the demo world, gives it to `use`, and stops and removes it whatever happens;
 * Ctrl-C included. Of a run that failed the logs are kept with this checkout's own, in the place of those of the failure before.
 */
export async function withThrowAwaySystem<Result>(options: ThrowAwayOptions, use: (own: ThrowAway) => Promise<Result>): Promise<Result> {
  const { name, environment = {}, environmentOf = () => ({}), dialled, keycloakUrl, isBackedUp = false, isDurable = false, report = silent, parent = tmpdir(), pauseOf } = options;
  const folder = await mkdtemp(join(parent, `lianfang-${name}-`));
  const supervisor = new Supervisor({ logFolder: logFolder(folder), report, pauseOf });
  let starting: Promise<System> | undefined;
  let leaving: Promise<void> | undefined;
  const leaveAll = async (): Promise<void> => {
    await supervisor.stopAll();
    await starting?.catch(() => undefined);
    await remove(folder);
  };
  const leave = (): void => void (leaving ??= leaveAll().finally(() => process.exit(1)));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, leave);
  let isTrue = false;
  try {
    starting = startSystem({
      dataFolder: folder,
      ports: await findFreePorts(),
      databaseUrls: {},
      keycloakUrl,
      environment: { ...ownEnvironment(), ...environment },
      environmentOf: (process) => environmentOf(process, folder),
      dialled,
      backupFolder: isBackedUp ? backupFolderOf(folder) : undefined,
      report,
      supervisor,
      throwAway: !isDurable,
    });
    const system = await starting;
    const result = await use({ system, folder });
    isTrue = true;
    return result;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeListener(signal, leave);
    // Who is told to leave ends with the process: what fails meanwhile, because everything is being stopped, is no failure to tell.
    await leaving;
    await supervisor.stopAll();
    if (!isTrue) await keepLogs(folder, name);
    await remove(folder);
  }
}

/** Where a backed-up throw-away system keeps its backup. */
export const backupFolderOf = (folder: string): string => join(folder, 'backup');

const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 5 });

async function keepLogs(folder: string, name: string): Promise<void> {
  const kept = join(logFolder(readConfig().dataFolder), `failed-${name}`);
  await remove(kept);
  await cp(logFolder(folder), kept, { recursive: true });
  process.stderr.write(`the logs of this run are kept in ${kept}\n`);
}

const silent = (): void => undefined;
