import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, SetupProblem } from '@lianfang/setup';
import { searchPath, type KeycloakConfig } from '../config';
import type { Java } from './java';
import { runCommand } from './run-command';

const pom = join(root, 'tools', 'keycloak', 'pom.xml');

/** The version of the server, as the pom names it. */
export const keycloakVersion: string = /<keycloak\.version>([^<]+)</.exec(readFileSync(pom, 'utf8'))?.[1] ?? '';

/** What is fixed when the server is built, so that a start need not look: its database, and that HTTPS, where it is open, asks for a certificate. */
const buildOptions = ['--db=postgres', '--https-client-auth=request'];

/** What this short-lived server tells its Java: neither a second compiler nor collecting beside the work would earn their time back. */
export const javaOptions = '-XX:TieredStopAtLevel=1 -XX:-UseG1GC -XX:+UseSerialGC -Xms384m';

/** The folder of a server that is ready to start: fetched with Maven, unpacked and built, each once. */
export async function prepareServer(config: KeycloakConfig, java: Java, report: (line: string) => void): Promise<string> {
  const home = join(config.dataFolder, `keycloak-${keycloakVersion}`);
  const note = join(home, 'built-for');
  const wanted = createHash('sha256').update(`${buildOptions.join(' ')} ${java.home}`).digest('hex');
  if ((await readFile(note, 'utf8').catch(() => '')) === wanted) return home;
  await fetchServer(config, home, report);
  report(`building Keycloak ${keycloakVersion} (once)`);
  const environment = { ...config.environment, JAVA_HOME: java.home, JAVA_OPTS_APPEND: javaOptions };
  await runCommand({ program: join(home, 'bin', 'kc.sh'), args: ['build', ...buildOptions], environment, otherwise: `Keycloak ${keycloakVersion} could not be built on Java ${java.major}.` });
  await writeFile(note, wanted);
  return home;
}

async function fetchServer(config: KeycloakConfig, home: string, report: (line: string) => void): Promise<void> {
  const { dataFolder, environment } = config;
  // A run that was killed leaves half a server and the note that it was unpacked: both go.
  for (const leftover of [home, join(dataFolder, 'markers')]) await rm(leftover, { recursive: true, force: true });
  await mkdir(dataFolder, { recursive: true });
  const maven = searchPath(environment).map((folder) => join(folder, 'mvn')).find((file) => existsSync(file));
  if (maven === undefined) throw new SetupProblem('Keycloak is fetched with Maven, and the command mvn was not found. Install it, as in apt-get install maven, and repeat the command.');
  report(`fetching Keycloak ${keycloakVersion}`);
  const args = ['--batch-mode', '--no-transfer-progress', '--quiet', '--file', pom, 'dependency:unpack', `-Dfolder=${dataFolder}`];
  await runCommand({ program: maven, args, environment, otherwise: `Keycloak ${keycloakVersion} could not be fetched with Maven: is the network there?` });
  for (const name of await readdir(join(home, 'bin'))) if (name.endsWith('.sh')) await chmod(join(home, 'bin', name), 0o755);
}
