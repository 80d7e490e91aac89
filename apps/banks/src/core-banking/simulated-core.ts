import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { moneyToWire } from '@lianfang/vocabulary';
import type { CoreBanking } from './core-banking';
import { httpPaths, httpQuestions, type HttpOperation } from './http-contract';

/**
 * What befalls one request: LOSE carries it out and cuts the line before the answer, DOUBLE carries it out twice,
 * ERROR_500 and GARBAGE do so in place of the answer without carrying it out, SILENT never answers.
 */
export type Mishap = 'LOSE' | 'DOUBLE' | 'ERROR_500' | 'GARBAGE' | 'LOSE_BEFORE' | 'SILENT';

/** A core system that speaks the HTTP contract, in front of any implementation of the port; for specs and as an example for institutions. */
export interface SimulatedCore {
  readonly url: string;
  /** Operations that arrived with the right token, in order. */
  readonly arrived: readonly HttpOperation[];
  /** Answers from this implementation from now on. */
  serve(core: CoreBanking): void;
  /** The next requests meet these mishaps, one each. */
  befall(...mishaps: Mishap[]): void;
  stop(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export async function startSimulatedCore(first: CoreBanking, token: string): Promise<SimulatedCore> {
  let core = first;
  const mishaps: Mishap[] = [];
  const arrived: HttpOperation[] = [];
  const server = createServer((request, response) => {
    void answer({ core, token, arrived, mishap: mishaps.shift() }, request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    arrived,
    serve: (next) => void (core = next),
    befall: (...next) => void mishaps.push(...next),
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

interface Turn {
  readonly core: CoreBanking;
  readonly token: string;
  readonly arrived: HttpOperation[];
  readonly mishap: Mishap | undefined;
}

async function answer({ core, token, arrived, mishap }: Turn, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const operation = (Object.keys(httpPaths) as HttpOperation[]).find((known) => `/${httpPaths[known]}` === request.url);
  if (request.headers.authorization !== `Bearer ${token}`) return void response.writeHead(401).end();
  if (!operation) return void response.writeHead(404).end();
  arrived.push(operation);
  const body = await json(request);
  if (mishap === 'SILENT') return;
  if (mishap === 'LOSE_BEFORE') return void request.socket.destroy();
  if (mishap === 'ERROR_500') return void response.writeHead(500).end('internal error');
  if (mishap === 'GARBAGE') return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"outcome":"HELD","held":"lots"}');
  if (mishap === 'DOUBLE') await carryOut(core, operation, body);
  const outcome = await carryOut(core, operation, body);
  if (mishap === 'LOSE') return void request.socket.destroy();
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(outcome, (_, value: unknown) => wireValue(value)));
}

/** Money is the only thing with bigint fen. */
const wireValue = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'fen' in value && typeof value.fen === 'bigint' && 'currency' in value ? moneyToWire({ fen: value.fen, currency: String(value.currency) }) : value;

async function carryOut(core: CoreBanking, operation: HttpOperation, body: unknown): Promise<unknown> {
  switch (operation) {
    case 'findAccount': {
      const { number, kind } = httpQuestions.findAccount.parse(body);
      return { account: (await core.findAccount(number, kind)) ?? null };
    }
    case 'balance':
      return core.balance(httpQuestions.balance.parse(body).ref);
    case 'incoming': {
      const { ref, amount, ...search } = httpQuestions.incoming.parse(body);
      return { transactions: await core.incoming(ref, { ...search, ...(amount && { amount }) }) };
    }
    case 'outflows': {
      const { ref, since, limit } = httpQuestions.outflows.parse(body);
      return core.transactionsSince(ref, since, limit);
    }
    case 'hold': {
      const { orderId, ref, hold } = httpQuestions.hold.parse(body);
      return core.hold({ orderId, ref, extent: 'whole' in hold ? 'WHOLE' : hold.amount });
    }
    case 'release':
      return core.release(httpQuestions.release.parse(body).orderId);
    default:
      return operation satisfies never;
  }
}
