import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { directoryFiles, loadDirectory, verifyReceipt, type RootKey } from '@lianfang/exchange';
import { chinaYear } from '@lianfang/vocabulary';
import { refused, take } from '../action';
import type { CaseSeen } from '../desks/case-desk';
import { findRequest, stopActions, type BatchSeen, type RequestSeen } from '../desks/stop-desk';
import { lookInside } from '../look-inside';
import { holds, until } from '../step';
import type { Scene } from './scene';

/** The requests of the first batch, by the payment that they follow. */
export type FirstStops = Readonly<Record<keyof Scene['cast']['payments'], RequestSeen>>;

/** A number of a legal document of this year. */
export const documentNumber = (serial: number): string => `虚公（刑）止字〔${chinaYear(new Date())}〕${serial}号`;

/** Five payees at three banks and one that cannot be stopped: proposed, approved by another person, delivered against signed receipts. */
export async function ordering(scene: Scene, opened: CaseSeen): Promise<FirstStops> {
  const { story, as } = scene;
  const proposed = await propose(scene, opened);

  const approved = await story.step('Who proposed may not approve, nor a leader of another region; the leader of the unit may', async () => {
    const input = { batchId: proposed.id, version: proposed.version };
    const byOfficer = await refused(as('officer.chaoyang'), stopActions.approve, input);
    const byStranger = await refused(as('leader.huqiu'), stopActions.approve, input);
    const approval = await take(as('leader.chaoyang'), stopActions.approve, { ...input, legalDocumentNumber: documentNumber(1) });
    const ordered = approval.requests.filter(({ state }) => state === 'ORDERED' || state === 'RECEIVED' || state === 'STOPPED');
    holds(ordered.length === 5 && approval.decision === 'APPROVED', `five requests are ordered, found ${approval.requests.map(({ state }) => state).join()}`);
    return { told: [`officer: ${byOfficer.join()}; leader of Suzhou: ${byStranger.join()}`, `leader of the unit: ${approval.decision}, ${ordered.length} orders signed and sent, one per account`], found: approval };
  });

  await story.step('Every order is delivered: the banks sign a receipt before anything else', async () => {
    const delivered = await until('all five requests have their receipt', async () => {
      const seen = await Promise.all(approved.requests.map(({ id }) => findRequest(as('officer.chaoyang'), id)));
      return seen.every((request) => request !== null && request.receivedAt !== null) && seen;
    });
    const verified = await verifyOneReceipt(scene, approved.requests[0]?.id ?? '');
    return { told: [`${delivered.length} of 5 received`, verified], found: undefined };
  });
  return byPayment(scene, opened, approved);
}

function propose({ story, as }: Scene, opened: CaseSeen): Promise<BatchSeen> {
  return story.step('Stops are proposed as one batch: five accounts at three banks, and cash that nobody can stop', async () => {
    const batch = await take(as('officer.chaoyang'), stopActions.propose, {
      caseId: opened.id,
      reason: '被害人转出的资金，请紧急止付。',
      items: opened.transfers.map(({ id }) => ({ transferId: id })),
    });
    const groups = new Map<string, number>();
    for (const { institution } of batch.requests) groups.set(institution, (groups.get(institution) ?? 0) + 1);
    const found = [...groups].map(([institution, count]) => `${institution} ${count}`).sort().join(', ');
    holds(found === 'B001 2, B002 2, B003 1', `the institutions are found from the numbers: B001 2, B002 2, B003 1, found ${found}`);
    holds(batch.requests.every(({ state, institutionSource }) => state === 'PROPOSED' && institutionSource === 'PREFIX'), 'every request is PROPOSED, its institution found from the prefix');
    const [bad] = batch.refusedItems;
    holds(batch.refusedItems.length === 1 && bad?.position === 5, `only the sixth row is refused, found ${JSON.stringify(batch.refusedItems)}`);
    const codes = bad.refusals.map(({ code }) => code);
    holds(codes.includes('PAYEE_CANNOT_BE_STOPPED'), `cash cannot be stopped, found ${codes.join()}`);
    return { told: [`5 requests PROPOSED in one batch: ${found}`, `row 6 is refused (${codes.join()}) and costs the others nothing`], found: batch };
  });
}

/** Takes one receipt out of the police's outbox and verifies it as a court would: with the directory alone. */
async function verifyOneReceipt({ own, system }: Scene, orderId: string): Promise<string> {
  const sql = `select message.id, dispatch.receipt from outbox_message message join outbox_dispatch dispatch on dispatch.id = message.dispatch_id
               where message.subject = $1 and message.type = 'stop-payment.ordered.v2'`;
  const [row] = await lookInside<{ id: string; receipt: string }>(system, 'police', sql, [orderId]);
  holds(row !== undefined, 'the outbox keeps the order with its receipt');
  const files = directoryFiles(join(own.folder, 'directory'));
  const directory = await loadDirectory(await readFile(files.directory, 'utf8'), JSON.parse(await readFile(files.rootKey, 'utf8')) as RootKey);
  const { to, messageIds, receivedAt } = await verifyReceipt(row.receipt, directory);
  holds(to === 'banks' && messageIds.includes(row.id), 'the receipt is signed by the banks and names this very message');
  const flipped = `${row.receipt.slice(0, -2)}${row.receipt.endsWith('AA') ? 'BB' : 'AA'}`;
  const isCaught = await verifyReceipt(flipped, directory).then(() => false, () => true);
  holds(isCaught, 'a receipt with a changed signature is worth nothing');
  return `one receipt verified offline with the directory alone: signed by ${to}, ${messageIds.length} messages, at ${receivedAt}; with a changed byte it is refused`;
}

function byPayment({ cast }: Scene, opened: CaseSeen, { requests }: BatchSeen): FirstStops {
  const keys = Object.keys(cast.payments) as (keyof FirstStops)[];
  const entries = keys.map((key, position) => {
    const request = requests.find(({ transferId }) => transferId === opened.transfers[position]?.id);
    holds(request !== undefined, `the batch has a request for payment ${position + 1}`);
    return [key, request] as const;
  });
  return Object.fromEntries(entries) as FirstStops;
}
