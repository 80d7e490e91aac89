import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { carryBadly } from './carry-badly';
import type { LineFault } from './line-faults';
import { postBytes, type Bytes, type Heard } from './post-bytes';

/** What was posted over a line, and what came back to whoever posted it; nothing when nobody was reached. */
export interface Carried {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  heard: Heard | undefined;
}

/** A line between two processes that speak HTTP: it can be cut and mended, and it can be a bad line. */
export interface Line {
  readonly port: number;
  /** Everything that was posted over it since it was laid, the oldest first. */
  readonly carried: readonly Carried[];
  /** Where it leads; set once that is known. */
  leadTo(port: number): void;
  /** From now on each post asks what happens to it; nothing happens to it when there is no answer. `random` is from 0 to 1 and draws places. */
  suffer(next: () => LineFault | undefined, random: () => number): void;
  /** Nothing passes from now on, and what is connected is cut. */
  cut(): void;
  /** A good line again. */
  mend(): void;
  close(): Promise<void>;
}

/** Lays a line on a free port of this machine. */
export async function layLine(): Promise<Line> {
  let target = 0;
  let isCut = false;
  let fault: (() => LineFault | undefined) = () => undefined;
  let chance: () => number = () => 0;
  const carried: Carried[] = [];
  const late: Carried[] = [];
  const server = createServer((request, response) => {
    void carry(request, response).catch(() => response.destroy());
  });
  server.requestTimeout = 0;
  const send = (bytes: Bytes): Promise<Heard> => postBytes(target, bytes);
  const carry = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const post = await read(request);
    carried.push(post);
    post.heard = await carryBadly(fault(), { post, send, late, response, random: chance });
    if (response.destroyed || isCut) return void response.destroy();
    if (!response.headersSent && post.heard) response.writeHead(post.heard.status, post.heard.headers).end(post.heard.body);
  };
  server.on('connection', (socket) => void (isCut || target === 0 ? socket.destroy() : undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    isCut = true;
    server.closeAllConnections();
  };
  return {
    port: (server.address() as AddressInfo).port,
    carried,
    leadTo: (port) => void (target = port),
    suffer: (next, random) => {
      fault = next;
      chance = random;
    },
    cut,
    mend: () => {
      isCut = false;
      fault = () => undefined;
    },
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Headers of a connection, not of what is said over it. */
const ofConnection: ReadonlySet<string> = new Set(['host', 'connection', 'keep-alive', 'content-length', 'transfer-encoding']);

async function read(request: IncomingMessage): Promise<Carried> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const headers = Object.fromEntries(Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' && !ofConnection.has(name) ? [[name, value]] : [])));
  return { path: request.url ?? '/', headers, body: Buffer.concat(parts), heard: undefined };
}
