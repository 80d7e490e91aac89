import type { Login } from '@lianfang/database';
import { openParty, urlOf } from './exchange-party';

/** The bank's process of the exchange's benchmark: receives, and answers how many orders it has stored. Arguments: folder of the keys, the server's URL. */
async function serveBank([folder = '', serverUrl = '']: readonly string[]): Promise<void> {
  const party = await openParty({ agency: 'banks', folder, databaseUrl: (login: Login) => urlOf(serverUrl, { agency: 'bench_banks', login }) });
  process.on('message', () => void party.count().then((count) => process.send?.(count)));
  process.once('SIGTERM', () => void party.close().then(() => process.exit(0)));
  process.send?.('ready');
}

void serveBank(process.argv.slice(2));
