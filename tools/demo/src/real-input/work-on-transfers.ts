import { inventPerson } from '@lianfang/testing';
import { take } from '../action';
import { caseActions, moveCase } from '../desks/case-desk';
import { findRequest, stopActions, type BatchSeen, type RequestSeen } from '../desks/stop-desk';
import { yuan } from '../ledger/ledger-files';
import { payeeKindOf, personInput } from '../reports';
import type { Session } from '../session';
import { holds, until } from '../step';
import type { CsvLedger, CsvMovement } from './csv-ledger';

/** Who works. */
export interface PoliceDesk {
  readonly intake: Session;
  readonly officer: Session;
  readonly leader: Session;
}

/** A batch that was proposed for some of the picked transfers, in their order. */
export interface ProposedCase {
  readonly transfers: readonly CsvMovement[];
  readonly batch: BatchSeen;
}

function payeeOf({ accounts }: CsvLedger, number: string) {
  const account = accounts.get(number);
  if (!account) throw new Error(`the file of accounts has no ${number}, which a transfer names`);
  return { kind: payeeKindOf(account), identifier: number, institution: account.institution, holderName: account.holderName };
}

/** Reports some transfers as one case, has it accepted, and proposes the stop of every payee, with the institution as the officer states it. */
export async function propose({ intake, officer }: PoliceDesk, ledger: CsvLedger, { transfers, number }: { readonly transfers: readonly CsvMovement[]; readonly number: number }): Promise<ProposedCase> {
  const reported = await take(intake, caseActions.report, {
    reportChannel: 'POLICE_STATION',
    applicationForm: { signedAt: new Date().toISOString() },
    liabilityDeclared: true,
    reporter: personInput(inventPerson(800 + number)),
    channel: 'NETWORK', vector: 'OTHER', crimeType: 'T99',
    narrative: '公开测试数据中的转账。',
    transfers: transfers.map(({ from, to, fen, writtenAt }) => ({
      payerAccountNumber: from,
      payee: payeeOf(ledger, to),
      amount: yuan(fen),
      transferredAt: writtenAt,
      channel: 'ONLINE_BANKING',
    })),
  });
  const accepted = await moveCase(officer, caseActions.accept, reported, { receipt: 'HANDED_OVER' });
  const batch = await take(officer, stopActions.propose, { caseId: accepted.id, reason: '核对公开数据。', items: accepted.transfers.map(({ id }) => ({ transferId: id })) });
  holds(batch.requests.length === transfers.length && batch.refusedItems.length === 0, `every row of case ${number} can be proposed, refused are ${JSON.stringify(batch.refusedItems)}`);
  return { transfers, batch };
}

/** Approves a batch and waits until every bank has answered; the requests in the order of the transfers. */
export async function approve({ officer, leader }: PoliceDesk, { batch }: ProposedCase): Promise<RequestSeen[]> {
  await take(leader, stopActions.approve, { batchId: batch.id, version: batch.version });
  return Promise.all(
    batch.requests.map(({ id }) =>
      until(`the bank answers request ${id}`, async () => {
        const request = await findRequest(officer, id);
        return request && !['PROPOSED', 'ORDERED', 'RECEIVED'].includes(request.state) ? request : undefined;
      }),
    ),
  );
}
