import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import type { CoreAccount, CoreLedger } from './core-ledger';

/** A core banking system that answers the banks' HTTP contract and keeps its own ledger. Nothing kills it. */
export interface StubCore {
  /** As in `http://127.0.0.1:40000/`. */
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

/** What an institution's own core would ask for; nobody else is there to give it. */
const token = 'the-stub-core-of-the-crash-suite';

interface Hold {
  readonly ref: string;
  readonly executedAt: Date;
  releasedAt: Date | null;
}

/** Listens on a free port of 127.0.0.1. One hold per instruction, for ever, as the contract asks. */
export async function startStubCore(ledger: CoreLedger): Promise<StubCore> {
  const desk = new Desk(ledger);
  const server = createServer((request, response) => void answer(desk, request, response).catch(() => response.writeHead(400).end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    token,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers.authorization !== `Bearer ${token}`) return void response.writeHead(401).end();
  const question: unknown = await json(request);
  const answered = desk.answer(request.url ?? '', question);
  if (answered === undefined) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
}

const find = z.object({ number: z.string() });
const ofAccount = z.object({ ref: z.string() });
const incoming = z.object({ ref: z.string(), amount: z.object({ fen: z.string() }).nullable(), around: z.coerce.date(), toleranceMs: z.number() });
const place = z.object({ orderId: z.string(), ref: z.string() });
const release = z.object({ orderId: z.string() });

/** The contract's six operations over a ledger. */
class Desk {
  readonly #holds = new Map<string, Hold>();
  /** Orders whose release came before any hold: a hold that comes later is refused. */
  readonly #releasedBefore = new Set<string>();

  constructor(private readonly ledger: CoreLedger) {}

  answer(path: string, question: unknown): object | undefined {
    switch (path) {
      case '/v1/accounts/find':
        return { account: this.#accountOf(this.ledger.findByNumber(find.parse(question).number)) };
      case '/v1/accounts/balance':
        return this.#balance(ofAccount.parse(question).ref);
      case '/v1/accounts/incoming':
        return { transactions: this.#incoming(incoming.parse(question)) };
      case '/v1/accounts/outflows':
        return { transactions: [], isTruncated: false };
      case '/v1/holds/place':
        return this.#place(place.parse(question));
      case '/v1/holds/release':
        return this.#release(release.parse(question).orderId);
      default:
        return undefined;
    }
  }

  #accountOf(account: CoreAccount | undefined): object | null {
    if (!account) return null;
    const { ref, number, holderName } = account;
    return { ref, number, holderName, status: 'ACTIVE', exemptKind: null, currency: 'CNY', product: 'debit card' };
  }

  #balance(ref: string): object {
    const balance = money(this.ledger.find(ref)?.fen ?? 0);
    return { balance, available: this.#isHeld(ref) ? money(0) : balance };
  }

  #incoming({ ref, amount, around, toleranceMs }: z.output<typeof incoming>): object[] {
    const account = this.ledger.find(ref);
    if (!account || Math.abs(account.paidAt.getTime() - around.getTime()) > toleranceMs) return [];
    if (amount !== null && amount.fen !== String(account.fen)) return [];
    return [{ reference: `payment-${ref}`, at: account.paidAt, amount: money(account.fen), kind: 'DEPOSIT', counterparty: { number: null, holderName: null, institution: null } }];
  }

  #place({ orderId, ref }: z.output<typeof place>): object {
    const account = this.ledger.find(ref);
    if (!account) return { outcome: 'REFUSED', reason: 'NOT_FOUND' };
    if (this.#releasedBefore.has(orderId)) return { outcome: 'REFUSED', reason: 'RELEASED_BEFORE' };
    const earlier = this.#holds.get(orderId);
    if (earlier && earlier.ref !== ref) return { outcome: 'REFUSED', reason: 'OTHER_CONTENT' };
    const hold = earlier ?? this.#hold(orderId, ref);
    return { outcome: 'HELD', executedAt: hold.executedAt, held: money(account.fen), balance: money(account.fen) };
  }

  #hold(orderId: string, ref: string): Hold {
    const hold: Hold = { ref, executedAt: new Date(), releasedAt: null };
    this.#holds.set(orderId, hold);
    this.ledger.record({ at: hold.executedAt, ref, kind: 'HELD', instruction: orderId });
    return hold;
  }

  #release(orderId: string): object {
    const hold = this.#holds.get(orderId);
    if (!hold) {
      this.#releasedBefore.add(orderId);
      return { outcome: 'REFUSED', reason: 'NOT_HELD' };
    }
    if (hold.releasedAt === null) {
      hold.releasedAt = new Date();
      this.ledger.record({ at: hold.releasedAt, ref: hold.ref, kind: 'RELEASED', instruction: orderId });
    }
    return { outcome: 'RELEASED', releasedAt: hold.releasedAt, stillStopped: this.#isHeld(hold.ref) };
  }

  #isHeld(ref: string): boolean {
    return [...this.#holds.values()].some((hold) => hold.ref === ref && hold.releasedAt === null);
  }
}

const money = (fen: number): object => ({ fen: String(fen), currency: 'CNY' });
