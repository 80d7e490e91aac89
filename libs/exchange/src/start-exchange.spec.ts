import { createServer } from 'node:net';
import type { Database } from '@lianfang/database';
import { twoAgencies, type TwoAgencies } from './testing/two-agencies';

let agencies: TwoAgencies;
const holder = createServer();

beforeAll(async () => {
  agencies = await twoAgencies();
});

afterAll(async () => {
  holder.close();
  await agencies?.close();
});

/** A login that counts how often it was used. */
function counted(database: Database): { database: Database; uses: () => number } {
  let uses = 0;
  const asCaller: Database['asCaller'] = (caller, work) => {
    uses += 1;
    return database.asCaller(caller, work);
  };
  return { database: Object.assign(Object.create(database) as Database, { asCaller }), uses: () => uses };
}

test('an exchange whose port is taken has begun nothing', async () => {
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as { port: number };
  const { database, uses } = counted(agencies.banks.store.worker);

  await expect(agencies.banks.start({ database, port })).rejects.toThrow('EADDRINUSE');

  // The one transaction that remembers the edition and the partners' chains.
  expect(uses()).toBe(1);
});

test('an exchange that cannot reach for a partner gives its port back, so that the next start finds it free', async () => {
  await expect(agencies.banks.start({ addressOf: () => 'no address' })).rejects.toThrow('Invalid URL');

  await expect(agencies.banks.start()).resolves.toHaveProperty('address.host', '127.0.0.1');
});
