import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtFile, findFreePorts, root, SetupProblem, Supervisor } from '@lianfang/setup';
import { portalAt, readConfig, underTestEnvironment } from './config';
import { startKeycloak } from './server/keycloak';

/** `npm run test:keycloak`: a Keycloak of its own on free ports with a new database, the specs on it, and nothing left behind. Ends with 1 when anything failed. */
async function check(): Promise<void> {
  const beganAt = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'lianfang-keycloak-'));
  const report = (line: string): void => console.log(`${((Date.now() - beganAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  const supervisor = new Supervisor({ logFolder: join(folder, 'logs'), report });
  const leave = async (code: number): Promise<void> => {
    await supervisor.stopAll();
    await rm(folder, { recursive: true, force: true });
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void leave(130));
  try {
    const ports = await findFreePorts();
    const certificates = { port: ports.police, people: ['leader.beijing', 'stranger.demo'] };
    const config = { ...readConfig(), certificates, storeFolder: join(folder, 'store'), port: ports.identity, postgresPort: ports.postgres, portal: portalAt(ports.gateway) };
    const { url, adminPassword, certificateFolder, title } = await startKeycloak(config, supervisor, report);
    report(`${title} is ready; testing log-in, roles, refresh, log-out, keys and lock-out on it`);
    const underTest = { url, portalOrigin: config.portal.byAddress, adminPassword, secureUrl: `https://127.0.0.1:${certificates.port}`, certificateFolder };
    const specs = await run([jest, '--config', join('tools', 'keycloak', 'jest.keycloak.config.cjs')], { ...config.environment, ...underTestEnvironment(underTest) });
    report('the first steps of the story, with people who log in at Keycloak');
    const story = await run(['--enable-source-maps', builtFile('tools/demo', 'story'), '--short'], { ...config.environment, KEYCLOAK_URL: url });
    const isTrue = specs === 0 && story === 0;
    report(isTrue ? `${title} keeps what the development identity provider promises` : `${title}: something failed, see above`);
    await leave(isTrue ? 0 : 1);
  } catch (error) {
    console.error(error instanceof SetupProblem ? error.message : error);
    await leave(1);
  }
}

const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');

/** Runs a Node program to its end; answers its code. */
async function run(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: root, env: environment, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

void check();
