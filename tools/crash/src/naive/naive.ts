import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FailingProcess, FailpointName } from '@lianfang/database';
import { builtFile, findFreePorts, ownEnvironment, root, Supervisor, type ProcessPlan } from '@lianfang/setup';
import { z } from 'zod';
import type { NaiveDesign } from '../config';
import type { Design, Prepared } from '../design';
import { ledgerInvariants, type Breach, type Ledgers } from '../invariants';
import { ClientLedger } from '../ledgers/client-ledger';
import { CoreLedger } from '../ledgers/core-ledger';
import { startStubCore, type StubCore } from '../ledgers/stub-core';
import { ask } from './serve';

/** How long both sides may need to agree once both are up, in milliseconds: nothing of theirs waits longer. */
const SETTLE = 1_500;

/** Longest time that a person keeps trying, in milliseconds. */
const PATIENCE = 20_000;

interface Ground {
  readonly name: NaiveDesign;
  readonly ledgers: Ledgers;
  readonly supervisor: Supervisor;
  readonly folder: string;
  readonly urls: { readonly police: string; readonly banks: string };
}

/** Starts a naive design with a stub core of its own and gives it to `use`. */
export async function withNaive<Result>(name: NaiveDesign, use: (design: Naive) => Promise<Result>): Promise<Result> {
  const ledgers: Ledgers = { clients: new ClientLedger(), core: new CoreLedger() };
  const folder = await mkdtemp(join(tmpdir(), 'lianfang-naive-'));
  const supervisor = new Supervisor({ logFolder: join(folder, 'logs'), report: () => undefined, pauseOf: () => 50 });
  const core = await startStubCore(ledgers.core);
  try {
    const ports = await findFreePorts();
    const urls = { police: `http://127.0.0.1:${ports.police}`, banks: `http://127.0.0.1:${ports.banks}` };
    for (const process of ['banks', 'police'] as const) await supervisor.start(planOf(process, { name, folder, core, port: ports[process], urls }));
    return await use(new Naive({ name, ledgers, supervisor, folder, urls }));
  } finally {
    await supervisor.stopAll();
    await core.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface PlanParts extends Pick<Ground, 'name' | 'folder' | 'urls'> {
  readonly core: StubCore;
  readonly port: number;
}

function planOf(process_: 'police' | 'banks', { name, folder, core, port, urls }: PlanParts): ProcessPlan {
  const file = builtFile('tools/crash', process_ === 'police' ? 'naive/naive-police' : 'naive/naive-bank');
  return {
    name: process_,
    command: process.execPath,
    args: ['--no-warnings', file],
    cwd: root,
    env: {
      ...ownEnvironment(),
      DESIGN: name,
      PORT: String(port),
      STORE: join(folder, `${process_}.sqlite`),
      BANK_URL: urls.banks,
      CORE_URL: core.url,
      CORE_TOKEN: core.token,
      FAILPOINT_SWITCH: join(folder, `failpoint-${process_}`),
    },
    isReady: async () => (await fetch(`${urls[process_]}/readyz`).catch(() => undefined))?.status === 200,
  };
}

const policePoints: readonly FailpointName[] = ['order.approve.before-commit', 'order.approve.committed-before-answer', 'outbox.claimed-before-post', 'outbox.relay.sent-before-marked', 'receipt.stored'];
const bankPoints: readonly FailpointName[] = ['core.hold.before-call', 'core.hold.after-call-before-record', 'inbox.committed-before-receipt', 'core.release.before-call', 'core.release.after-call-before-record'];

/** A design that is known to be too simple, under the same clients, ledgers and rows as ours. */
export class Naive implements Design {
  readonly points = { police: policePoints, banks: bankPoints };
  readonly checks = ledgerInvariants;
  #made = 0;

  constructor(private readonly ground: Ground) {}

  get name(): string {
    return this.ground.name;
  }

  get ledgers(): Ledgers {
    return this.ground.ledgers;
  }

  async prepare(count: number): Promise<Prepared> {
    const accounts = Array.from({ length: count + 1 }, () => {
      this.#made += 1;
      return { ref: `account-${this.#made}`, number: String(this.#made), holderName: `holder ${this.#made}`, fen: 300_000, paidAt: new Date() };
    });
    this.ledgers.core.open(accounts);
    return { orders: accounts.map((account, place) => this.ledgers.clients.begin(account, place === count)), key: null };
  }

  async order({ orders }: Prepared): Promise<void> {
    for (const order of orders.filter(({ isDecoy }) => !isDecoy)) {
      order.id = randomUUID();
      order.submittedAt = new Date();
      await this.#insist('/orders', { id: order.id, number: order.account.number });
      order.acknowledgedAt = new Date();
    }
  }

  settle(prepared: Prepared): Promise<void> {
    return this.#settle(prepared, ['STOPPED', 'RELEASED']);
  }

  async release(prepared: Prepared): Promise<void> {
    for (const order of prepared.orders) {
      if (order.id === null || order.seen.police !== 'STOPPED') continue;
      order.releaseSubmittedAt = new Date();
      await this.#insist('/releases', { id: order.id, number: order.account.number });
      order.releaseAcknowledgedAt = new Date();
    }
    await this.#settle(prepared, ['RELEASED']);
  }

  arm(process: FailingProcess, accidents: readonly string[]): void {
    writeFileSync(this.#switchOf(process), accidents.join('\n'));
  }

  armed(process: FailingProcess): number {
    const file = this.#switchOf(process);
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').length : 0;
  }

  disarm(process: FailingProcess): number {
    const left = this.armed(process);
    rmSync(this.#switchOf(process), { force: true });
    return left;
  }

  kill(process: string, signal: NodeJS.Signals = 'SIGKILL'): void {
    this.ground.supervisor.kill(process, signal);
  }

  async untilReady(): Promise<void> {
    for (const process of ['police', 'banks']) await this.ground.supervisor.untilReady(process);
  }

  /** There are no records to look into: what the ledgers say is all. */
  async examine(): Promise<Breach[]> {
    await this.untilReady();
    return [];
  }

  async #settle({ orders }: Prepared, ends: readonly string[]): Promise<void> {
    let end = Date.now() + SETTLE;
    for (;;) {
      if (!(await this.#isUp())) end = Date.now() + SETTLE;
      for (const order of orders) if (order.id) order.seen = { police: await this.#stateAt('police', order.id), bank: await this.#stateAt('banks', order.id) };
      if (orders.every(({ isDecoy, seen }) => isDecoy || (seen.police === seen.bank && ends.includes(String(seen.police)))) || Date.now() > end) return;
      await pause(20);
    }
  }

  async #isUp(): Promise<boolean> {
    const asked = Object.values(this.ground.urls).map((url) => ask(`${url}/readyz`).then(() => true, () => false));
    return (await Promise.all(asked)).every((isUp) => isUp);
  }

  async #stateAt(process: 'police' | 'banks', id: string): Promise<string | null> {
    const answer = await ask(`${this.ground.urls[process]}/orders/${id}`).catch(() => ({ state: null }));
    return z.object({ state: z.string().nullable() }).parse(answer).state;
  }

  async #insist(path: string, question: object): Promise<void> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const isAnswered = await ask(`${this.ground.urls.police}${path}`, question).then(() => true, () => false);
      if (isAnswered) return;
      if (Date.now() > end) throw new Error(`${path} is answered within ${PATIENCE / 1000} s`);
      await pause(50);
    }
  }

  #switchOf(process: string): string {
    return join(this.ground.folder, `failpoint-${process}`);
  }
}
