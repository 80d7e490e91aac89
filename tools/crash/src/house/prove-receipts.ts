import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Keyring } from '@lianfang/database';
import { lookInside } from '@lianfang/demo';
import { directoryFiles, isReceiptFor, loadDirectory, verifyReceipt, type Directory } from '@lianfang/exchange';
import { compactVerify, decodeProtectedHeader } from 'jose';
import type { Breach } from '../invariants';
import type { House } from './house';

interface SentOrder {
  readonly id: string;
  readonly subject: string;
  readonly jws: Buffer | null;
  readonly receipt: string | null;
}

/** I5: for each hold at the core there is one signed order, signed by the police, and one receipt that names it; proved with the directory alone. */
export async function proveReceipts({ own, ledgers }: House): Promise<Breach[]> {
  const directory = await readDirectory(join(own.folder, 'directory'));
  const keyring = Keyring.parse(own.system.databases.keyringOf('police'));
  const sent = await lookInside<SentOrder>(
    own.system,
    'police',
    `select message.id, message.subject, message.jws, dispatch.receipt
     from outbox_message as message left join outbox_dispatch as dispatch on dispatch.id = message.dispatch_id
     where message.type = 'stop-payment.ordered.v2'`,
  );
  const found: Breach[] = [];
  for (const { id, account } of ledgers.clients.orders) {
    if (!ledgers.core.factsOf(account.ref).some(({ kind }) => kind === 'HELD')) continue;
    const orders = sent.filter(({ subject }) => subject === id);
    const fault = orders.length === 1 && orders[0] ? await faultOf(orders[0], { directory, keyring }) : `${orders.length} signed orders`;
    if (fault) found.push({ invariant: 'I5', what: `${account.ref}: ${fault}` });
  }
  return found;
}

async function faultOf({ id, jws, receipt }: SentOrder, { directory, keyring }: { directory: Directory; keyring: Keyring }): Promise<string | undefined> {
  if (!jws || !receipt) return 'executed without a receipt of its order';
  try {
    const signed = keyring.open(jws, { table: 'outbox_message', column: 'jws', id });
    const key = directory.findKey(String(decodeProtectedHeader(signed).kid), { use: 'sig', at: new Date() });
    if (key?.agency !== 'police') return 'the order is not signed by the police';
    await compactVerify(signed, key.publicKey);
    const verified = await verifyReceipt(receipt, directory);
    return verified.to === 'banks' && isReceiptFor(verified, signed) ? undefined : 'the receipt names another order';
  } catch (error) {
    return `the order or its receipt does not verify: ${error instanceof Error ? error.name : 'unknown'}`;
  }
}

/** The directory as anybody with the root's public key reads it. */
async function readDirectory(folder: string): Promise<Directory> {
  const files = directoryFiles(folder);
  const rootKey = JSON.parse(await readFile(files.rootKey, 'utf8')) as Parameters<typeof loadDirectory>[1];
  return loadDirectory(await readFile(files.directory, 'utf8'), rootKey);
}
