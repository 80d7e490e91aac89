import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { failpointsOf, type FailingProcess } from '@lianfang/database';
import { personInput, prefixImport, stopActions, take, transferInput, withThrowAwaySystem, type ThrowAway, type ThrowAwayOptions } from '@lianfang/demo';
import { inventedPrefixes, inventPerson, type Line } from '@lianfang/testing';
import type { Design, Prepared } from '../design';
import { invariantNames, type Breach, type Ledgers } from '../invariants';
import { ClientLedger, type ClientOrder } from '../ledgers/client-ledger';
import { CoreLedger, type CoreAccount } from '../ledgers/core-ledger';
import { startStubCore } from '../ledgers/stub-core';
import { insist, insistOnRelease, openCase, readBothSides, WitnessedSession, type BothSides } from './officers';
import { examineHouse } from './proofs';

/** How a house is wanted. */
export interface HouseWish {
  /** Where its data is, if not among the machine's temporary folders. */
  readonly parent?: string;
  /** Ports that partners dial in place of an exchange's own: a bad line that a row has laid. */
  readonly dialled?: ThrowAwayOptions['dialled'];
  /** Whether its database hands over its log to a backup folder. */
  readonly isBackedUp?: boolean;
}

/** How long both sides may need to agree once everything is up again, in milliseconds. */
const SETTLE = 120_000;

/** The fail points that every stop-payment comes by; deadlines need the clock to be moved. */
const inFlow = (process: FailingProcess) => failpointsOf(process).filter((name) => !name.startsWith('deadline.'));

/** Starts our system with the stub core behind B001 and gives it to `use`. */
export async function withHouse<Result>({ parent, dialled, isBackedUp = false }: HouseWish, use: (house: House) => Promise<Result>): Promise<Result> {
  const ledgers: Ledgers = { clients: new ClientLedger(), core: new CoreLedger() };
  const core = await startStubCore(ledgers.core);
  try {
    const others = Object.fromEntries(['B002', 'B003', 'P001'].map((institution) => [institution, { core: 'BUILT_IN' }]));
    const cores = { B001: { core: 'HTTP', url: core.url, token: core.token, timeoutMs: 4_000 }, ...others };
    const options = {
      name: 'crash',
      isDurable: true,
      parent,
      dialled,
      isBackedUp,
      environment: { INSTITUTION_CORES: JSON.stringify(cores) },
      environmentOf: (name: string, folder: string) => ({ FAILPOINT_SWITCH: switchOf(folder, name) }),
      pauseOf: () => 50,
    };
    return await withThrowAwaySystem(options, async (own) => {
      const house = new House(own, ledgers);
      await house.open();
      return use(house);
    });
  } finally {
    await core.stop();
  }
}

/** The file that arms a process. */
const switchOf = (folder: string, process: string): string => join(folder, `failpoint-${process}`);

/** A case whose transfers wait to be stopped. */
interface CaseKey {
  readonly caseId: string;
  readonly transfers: ReadonlyMap<string, ClientOrder>;
}

/** Our system, used through the gateway by people with tokens. */
export class House implements Design {
  readonly name = 'Lianfang';
  readonly points = { gateway: inFlow('gateway'), police: inFlow('police'), banks: inFlow('banks') };
  readonly checks = invariantNames;
  readonly officer: WitnessedSession;
  readonly leader: WitnessedSession;
  /** The lines over which partners reach each agency, for rows that asked for them. */
  lines?: { readonly police: Line; readonly banks: Line };
  #made = 0;

  constructor(
    readonly own: ThrowAway,
    readonly ledgers: Ledgers,
  ) {
    this.officer = new WitnessedSession(own.system, 'officer.chaoyang', ledgers.clients);
    this.leader = new WitnessedSession(own.system, 'leader.chaoyang', ledgers.clients);
  }

  /** Tells the police which numbers are B001's. */
  async open(): Promise<void> {
    const duty = new WitnessedSession(this.own.system, 'duty.chaoyang', this.ledgers.clients);
    const csv = `prefix,institution,product\n${inventedPrefixes.B001},B001,demo card\n`;
    await take(duty, prefixImport, { csv, dryRun: false });
  }

  async prepare(count: number): Promise<Prepared> {
    const accounts = Array.from({ length: count + 1 }, () => this.#account());
    this.ledgers.core.open(accounts);
    const orders = accounts.map((account, place) => this.ledgers.clients.begin(account, place === count));
    const opened = await openCase(this.officer, this.#report(accounts));
    const transfers = new Map(opened.transfers.map(({ id, position }) => [id, orders[position - 1]] as const).flatMap(([id, order]) => (order ? [[id, order] as const] : [])));
    return { orders, key: { caseId: opened.id, transfers } satisfies CaseKey };
  }

  async order({ key }: Prepared): Promise<void> {
    const { caseId, transfers } = caseKey(key);
    const proposed = await insist(this.officer, stopActions.propose, { caseId, reason: '紧急止付。', items: [...transfers.keys()].map((transferId) => ({ transferId })) });
    for (const request of proposed.requests) Object.assign(transfers.get(request.transferId ?? '') ?? {}, { id: request.id });
    const approved = [...transfers.values()].filter(({ isDecoy }) => !isDecoy);
    const exclude = [...transfers.values()].flatMap(({ isDecoy, id }) => (isDecoy && id ? [id] : []));
    for (const order of approved) order.submittedAt = new Date();
    this.#made += 1;
    const legalDocumentNumber = `演公(刑)止字〔${new Date().getFullYear()}〕${this.#made}号`;
    await insist(this.leader, stopActions.approve, { batchId: proposed.id, version: proposed.version, legalDocumentNumber, exclude, reason: '另行处理。' });
    for (const order of approved) order.acknowledgedAt = new Date();
  }

  /** The case of a flow, as its page is asked for. */
  caseOf({ key }: Prepared): string {
    return caseKey(key).caseId;
  }

  async settle(prepared: Prepared): Promise<void> {
    await this.#settle(prepared, ['STOPPED', 'NOT_EXECUTED', 'RELEASED', 'EXPIRED']);
  }

  async release(prepared: Prepared): Promise<void> {
    await this.orderReleases(prepared);
    await this.#settle(prepared, ['NOT_EXECUTED', 'RELEASED', 'EXPIRED']);
  }

  /** Orders the release of what is stopped, insisting, and waits for nobody. */
  async orderReleases(prepared: Prepared): Promise<void> {
    const { caseId } = caseKey(prepared.key);
    for (const order of prepared.orders) {
      if (order.id === null || order.seen.police !== 'STOPPED') continue;
      order.releaseSubmittedAt = new Date();
      await insistOnRelease(this.leader, caseId, order.id);
      order.releaseAcknowledgedAt = new Date();
    }
  }

  /** Waits until both sides say that the stops have ended by themselves. */
  expire(prepared: Prepared): Promise<void> {
    return this.#settle(prepared, ['EXPIRED']);
  }

  arm(process: FailingProcess, accidents: readonly string[]): void {
    writeFileSync(switchOf(this.own.folder, process), accidents.join('\n'));
  }

  /** How many armed accidents are still to come. */
  armed(process: FailingProcess): number {
    const file = switchOf(this.own.folder, process);
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').length : 0;
  }

  disarm(process: FailingProcess): number {
    const left = this.armed(process);
    rmSync(switchOf(this.own.folder, process), { force: true });
    return left;
  }

  kill(process: string, signal: NodeJS.Signals = 'SIGKILL'): void {
    this.own.system.supervisor.kill(process, signal);
  }

  async untilReady(): Promise<void> {
    for (const name of ['postgres', 'identity', 'police', 'banks', 'gateway']) await this.own.system.supervisor.untilReady(name);
  }

  async examine(): Promise<Breach[]> {
    await this.untilReady();
    return examineHouse(this);
  }

  /** Looks at both sides until they agree on states that are among `ends`; what does not is left as it was seen last. */
  async #settle({ orders, key }: Prepared, ends: readonly string[]): Promise<void> {
    const { caseId } = caseKey(key);
    const end = Date.now() + SETTLE;
    for (;;) {
      const rows = await readBothSides(this.officer, caseId).catch((): BothSides[] => []);
      for (const order of orders) {
        const row = rows.find(({ id }) => id === order.id);
        if (row) order.seen = { police: row.police, bank: row.bank };
      }
      if (orders.every(({ isDecoy, seen }) => isDecoy || (seen.police === seen.bank && ends.includes(String(seen.police))))) return;
      if (Date.now() > end) return;
      await pause(50);
    }
  }

  #account(): CoreAccount {
    this.#made += 1;
    const { account, name } = inventPerson(10_000 + this.#made, 'B001');
    const paidAt = new Date(Math.floor((Date.now() - 1_800_000) / 1000) * 1000);
    return { ref: `account-${this.#made}`, number: account, holderName: name, fen: 300_000 + this.#made * 100, paidAt };
  }

  #report(accounts: readonly CoreAccount[]): Readonly<Record<string, unknown>> {
    const victim = inventPerson(300 + this.#made, 'B003');
    for (const word of [victim.name, victim.account, victim.idNumber, victim.phone]) this.ledgers.clients.personal.add(word);
    return {
      reportChannel: 'POLICE_STATION', reporter: personInput(victim), deceived: personInput(victim), payer: personInput(victim),
      channel: 'NETWORK', vector: 'FAKE_WEBSITE', crimeType: 'T02', narrative: '冒充客服，以退款为名诱骗转账。',
      transfers: accounts.map(({ number, holderName, fen, paidAt }) => transferInput({ to: { institution: 'B001', number, holderName }, fen, at: paidAt }, victim.account)),
      applicationForm: { sha256: this.#made.toString(16).padStart(64, '0'), signedAt: new Date().toISOString() },
      liabilityDeclared: true,
    };
  }
}

const caseKey = (key: unknown): CaseKey => key as CaseKey;
