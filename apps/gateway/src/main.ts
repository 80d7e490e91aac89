import 'reflect-metadata';
import { readConfig } from './config';
import { createAuthenticator } from '@lianfang/access';
import { armFailpoints } from '@lianfang/database';
import { openLog, openMetrics, runApp } from '@lianfang/subgraph';
import { startGateway } from './server';
import { readSupergraph } from './supergraph';

async function main(): Promise<void> {
  const config = readConfig();
  armFailpoints(config);
  const log = openLog({ app: 'gateway', level: config.LOG_LEVEL });
  const running = await startGateway({
    host: config.HOST,
    port: config.PORT,
    supergraph: readSupergraph(config.SUPERGRAPH_FILE, { police: config.POLICE_URL, banks: config.BANKS_URL }),
    authenticate: createAuthenticator({ realmUrl: config.REALM_URL ?? config.ISSUER, issuer: config.ISSUER, audience: 'lianfang-api', clients: config.CLIENTS }),
    log,
    metrics: openMetrics({ app: 'gateway' }),
    development: config.development,
    origins: config.ORIGINS,
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void running.drain());
}

runApp(main);
