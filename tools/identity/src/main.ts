import { readConfig } from './config';
import { IdentityServer } from './identity-server';
import { rotateKeys } from './signing-keys';

/** `main.js` serves; `main.js rotate-keys` makes a new signing key. A running server rotates on SIGUSR2. */
async function main(): Promise<void> {
  const config = readConfig();
  if (process.argv[2] === 'rotate-keys') {
    const { signing } = await rotateKeys(config.dataFolder);
    return void console.log(`identity: the next start signs with key ${signing[0]?.kid}`);
  }
  const server = await IdentityServer.start(config);
  console.log(`identity: ${server.config.issuer}`);
  process.on('SIGUSR2', () => void server.rotateKeys());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop().then(() => process.exit(0)));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
