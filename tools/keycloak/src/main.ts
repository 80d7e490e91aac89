import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { demoPassword } from '@lianfang/identity';
import { RunLock, SetupProblem, Supervisor } from '@lianfang/setup';
import { readConfig } from './config';
import { startKeycloak } from './server/keycloak';

/** `npm run keycloak`: gets the server, starts it with the demo realm, says where it is, and stays until it is told to go. */
async function main(): Promise<void> {
  const config = readConfig();
  mkdirSync(config.dataFolder, { recursive: true });
  const lock = await RunLock.take(config.dataFolder);
  const report = (line: string): void => console.log(`keycloak: ${line}`);
  const supervisor = new Supervisor({ logFolder: join(config.dataFolder, 'logs'), report });
  const leave = async (code: number): Promise<void> => {
    await supervisor.stopAll();
    lock.release();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void leave(0));
  try {
    const { url, issuer, adminPassword, title } = await startKeycloak(config, supervisor, report);
    console.log(`
${title} is ready.

  Realm           ${issuer}
  Administration  ${url}/admin/  (admin, ${adminPassword})
  Use it          KEYCLOAK_URL=${url} npm start
  People          as in the demo, all with the password ${demoPassword}

Ctrl-C stops it; the data stays in ${config.dataFolder}.`);
  } catch (error) {
    console.error(error instanceof SetupProblem ? error.message : error);
    await leave(1);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
