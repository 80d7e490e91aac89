import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { causeOf } from '../events';
import { BATCH_PATH, POSSIBLE_DUPLICATE } from '../outbox/deliver';
import { NotAuthentic } from '../signature';
import type { Station } from '../station';
import { bodyReader, type Unread } from './read-body';
import { receiveBatch } from './receive';

/** Batches that are verified at the same time; who comes beyond it is asked to come again. */
const MOST_AT_ONCE = 8;

/** Connections at the same time; a partner needs two. */
const MOST_CONNECTIONS = 128;

/** Longest time for a whole request, in milliseconds: 5 MB over a slow line. */
const PATIENCE = 15_000;

/** How long the answers under way may take when the server closes, in milliseconds. */
const GRACE = 2_000;

/** The port of our partners: one path, one method, its own listener apart from people's requests. */
export interface InboxServer {
  readonly address: { readonly host: string; readonly port: number };
  /** Ends after what is being stored. */
  close(): Promise<void>;
}

/** Where the server listens, and whom it tells. */
export interface InboxServerOptions {
  readonly host: string;
  readonly port: number;
  /** Called after each stored batch. */
  readonly onReceived: () => void;
  /** Longest time for a whole request, in milliseconds; a connection that takes longer is cut. */
  readonly patience?: number;
}

/** Starts to listen for partners. */
export async function startInboxServer(station: Station, { host, port, onReceived, patience = PATIENCE }: InboxServerOptions): Promise<InboxServer> {
  const taking = new Set<Promise<void>>();
  const desk = openDesk(station, onReceived);
  const server = createServer({ ...timeouts(patience), keepAliveTimeout: 30_000 }, (request, response) => {
    if (request.method !== 'POST' || request.url !== BATCH_PATH) return answer(response.setHeader('connection', 'close'), 404, 'NOT_FOUND');
    const taken = desk(request, response).finally(() => taking.delete(taken));
    taking.add(taken);
  });
  server.maxConnections = MOST_CONNECTIONS;
  // Also for who does not read its answer.
  server.timeout = patience + server.keepAliveTimeout;
  await listen(server, host, port);
  return {
    address: { host, port: (server.address() as AddressInfo).port },
    close: async () => {
      await closeWithin(server, GRACE);
      // Whose connection is gone may still be in the middle of its transaction.
      await Promise.all(taking);
    },
  };
}

/** How long a connection may take to say what it wants, and how often that is looked at; milliseconds. */
const timeouts = (patience: number) => ({ requestTimeout: patience, headersTimeout: Math.min(5_000, patience), connectionsCheckingInterval: Math.min(1_000, patience) });

/** Takes batches: reads as many bodies as there is memory for, and verifies as many at once as there is computing for. */
function openDesk(station: Station, onReceived: () => void): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const readBody = bodyReader();
  let atOnce = 0;
  return async (request, response) => {
    const body = atOnce < MOST_AT_ONCE ? await readBody(request) : ({ unread: 'BUSY' } as const);
    if ('unread' in body) return turnAway(station, response, body.unread);
    if (atOnce >= MOST_AT_ONCE) return turnAway(station, response, 'BUSY');
    atOnce += 1;
    try {
      const isStored = await take(station, { text: body.text, possibleDuplicate: request.headers[POSSIBLE_DUPLICATE] === 'true' }, response);
      if (isStored) onReceived();
    } finally {
      atOnce -= 1;
    }
  };
}

/** What has not been read yet is read and thrown away until the answer has arrived or patience ends: who is cut off in mid-sentence hears no answer. */
function turnAway(station: Station, response: ServerResponse, unread: Unread): void {
  switch (unread) {
    case 'LENGTH_REQUIRED':
      return answer(response, 411, unread);
    case 'TOO_LARGE':
      return answer(response, 413, unread);
    case 'BUSY':
      return answer(response.setHeader('retry-after', '1'), 503, unread);
    case 'UNFINISHED':
      return station.tell({ event: 'exchange.unfinished' });
    default:
      return unread satisfies never;
  }
}

async function take(station: Station, { text, possibleDuplicate }: { text: string; possibleDuplicate: boolean }, response: ServerResponse): Promise<boolean> {
  try {
    const { status, body } = await receiveBatch(station, text, { possibleDuplicate });
    await station.reach('inbox.committed-before-receipt');
    answer(response.setHeader('content-type', 'application/jose'), status, body);
    return status === 200;
  } catch (error) {
    if (error instanceof NotAuthentic) {
      station.tell({ event: 'exchange.refused', cause: error.reason });
      answer(response.setHeader('connection', 'close'), 400, error.reason);
    } else {
      station.tell({ event: 'exchange.step-failed', step: 'inbox', cause: causeOf(error) });
      answer(response.setHeader('retry-after', '1'), 503, 'NOT_NOW');
    }
    return false;
  }
}

function answer(response: ServerResponse, status: number, body: string): void {
  if (!response.destroyed) response.writeHead(status).end(body);
}

async function closeWithin(server: Server, milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), milliseconds);
  await promise;
  clearTimeout(timer);
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
