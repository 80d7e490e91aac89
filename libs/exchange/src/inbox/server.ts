import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { causeOf } from '../events';
import { BATCH_PATH, POSSIBLE_DUPLICATE } from '../outbox/deliver';
import { NotAuthentic } from '../signature';
import type { Station } from '../station';
import { receiveBatch } from './receive';

/** The largest body that is read, in bytes: the largest batch, encoded three times, with room to spare. */
const LARGEST_BODY = 16_000_000;

/** Batches that are verified at the same time; who comes beyond it is asked to come again. */
const MOST_AT_ONCE = 8;

/** The port of our partners: one path, one method, its own listener apart from people's requests. */
export interface InboxServer {
  readonly address: { readonly host: string; readonly port: number };
  close(): Promise<void>;
}

/** Starts to listen for partners. `onReceived` is called after each stored batch. */
export async function startInboxServer(station: Station, { host, port, onReceived }: { host: string; port: number; onReceived: () => void }): Promise<InboxServer> {
  let atOnce = 0;
  const server = createServer((request, response) => {
    if (request.method !== 'POST' || request.url !== BATCH_PATH) return answer(response, 404, 'NOT_FOUND');
    if (atOnce >= MOST_AT_ONCE) return answer(response.setHeader('retry-after', '1'), 503, 'BUSY');
    atOnce += 1;
    void take(station, request, response)
      .then((isStored) => isStored && onReceived())
      .finally(() => (atOnce -= 1));
  });
  server.requestTimeout = 15_000;
  server.headersTimeout = 5_000;
  server.keepAliveTimeout = 30_000;
  await listen(server, host, port);
  return {
    address: { host, port: (server.address() as AddressInfo).port },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 2_000).unref();
      }),
  };
}

async function take(station: Station, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  try {
    const body = await readBody(request);
    if (body === undefined) {
      answer(response.setHeader('connection', 'close'), 413, 'TOO_LARGE');
      return false;
    }
    const { status, body: text } = await receiveBatch(station, body, { possibleDuplicate: request.headers[POSSIBLE_DUPLICATE] === 'true' });
    await station.reach('inbox.committed-before-receipt');
    answer(response.setHeader('content-type', 'application/jose'), status, text);
    return status === 200;
  } catch (error) {
    if (error instanceof NotAuthentic) {
      station.tell({ event: 'exchange.refused', cause: error.reason });
      answer(response, 400, error.reason);
    } else {
      station.tell({ event: 'exchange.step-failed', step: 'inbox', cause: causeOf(error) });
      answer(response.setHeader('retry-after', '1'), 503, 'NOT_NOW');
    }
    return false;
  }
}

/** The body as text of single bytes (it is base64url), or nothing when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > LARGEST_BODY) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('latin1');
}

function answer(response: ServerResponse, status: number, body: string): void {
  if (!response.destroyed) response.writeHead(status).end(body);
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
