import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { caseActions, importLedger, LedgerFiles, moveCase, personInput, Session, stopActions, take, transferInput, yuan, type BatchSeen, type LedgerAccount, type ThrowAway } from '@lianfang/demo';
import { inventPerson } from '@lianfang/testing';

/** One payment into an account that nobody has stopped yet. */
export interface UnstoppedPayment {
  readonly to: LedgerAccount;
  readonly at: Date;
  readonly fen: number;
}

/** Accounts of B001, which executes straight through, each with one payment; every measurement uses its own. */
export class Load {
  #used = 0;
  #caseId = '';
  readonly officer: Session;
  readonly leader: Session;

  private constructor(
    private readonly own: ThrowAway,
    private readonly payments: readonly UnstoppedPayment[],
    /** How long the importer took for the accounts and their payments, in seconds, its start included. */
    readonly importSeconds: number,
  ) {
    this.officer = new Session(own.system, 'officer.chaoyang');
    this.leader = new Session(own.system, 'leader.chaoyang');
  }

  /** Fills the ledger and opens one case. */
  static async prepare(own: ThrowAway, count: number): Promise<Load> {
    const ledger = new LedgerFiles();
    const at = new Date(Math.floor(Date.now() / 1000) * 1000 - 1_800_000);
    const payments = Array.from({ length: count }, (_, place) => {
      const { account: number, name } = inventPerson(10_000 + place, 'B001');
      const to = ledger.open({ institution: 'B001', number, holderName: name, product: 'debit card' });
      ledger.move({ from: null, to, fen: 300_000 + place, at });
      return { to, at, fen: 300_000 + place };
    });
    const folder = join(own.folder, 'ledger');
    await mkdir(folder);
    await ledger.write(folder);
    const began = performance.now();
    await importLedger(own.system, ['--format', 'lianfang', folder]);
    const load = new Load(own, payments, (performance.now() - began) / 1000);
    await load.#openCase();
    return load;
  }

  /** Proposes `size` stops as one batch. */
  async propose(size: number): Promise<BatchSeen> {
    const payments = this.payments.slice(this.#used, this.#used + size);
    if (payments.length < size) throw new Error('the load has no accounts left: prepare more');
    this.#used += size;
    const items = payments.map(({ to, fen, at }) => ({
      institution: 'B001',
      payee: { kind: 'BANK_CARD', accountNumber: to.number, holderName: to.holderName, amount: yuan(fen), transferredAt: at.toISOString() },
    }));
    return take(this.officer, stopActions.propose, { caseId: this.#caseId, reason: 'measured', items });
  }

  /** Approves a batch; the answer is checked to be an approval of all of it. */
  async approve({ id, version, requests }: BatchSeen, idempotencyKey: string = randomUUID()): Promise<void> {
    const approved = await take(this.leader, stopActions.approve, { idempotencyKey, batchId: id, version });
    if (approved.decision !== 'APPROVED' || approved.requests.length !== requests.length) throw new Error('an approval did not approve what was proposed');
  }

  async #openCase(): Promise<void> {
    const [first] = this.payments;
    if (!first) throw new Error('the load needs at least one account');
    const reported = await take(new Session(this.own.system, 'intake.chaoyang'), caseActions.report, {
      reportChannel: 'POLICE_STATION',
      applicationForm: { signedAt: new Date().toISOString() },
      liabilityDeclared: true,
      reporter: personInput(inventPerson(7, 'B002')),
      channel: 'NETWORK', vector: 'OTHER', crimeType: 'T99', narrative: '测量用案件。',
      transfers: [transferInput(first)],
    });
    this.#caseId = (await moveCase(this.officer, caseActions.accept, reported, { receipt: 'HANDED_OVER' })).id;
  }
}

/** Works on all items, at most `limit` at a time. */
export async function inParallel<Item>(items: readonly Item[], limit: number, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
