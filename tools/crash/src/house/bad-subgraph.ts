import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a subgraph answers that is not well. */
export const manners = {
  slow: 'answers rightly after 3 s',
  hung: 'never answers',
  trickling: 'sends one byte every 100 ms',
  dead: 'cuts the line',
  failing: 'answers 500 in plain text',
  html: 'answers a page of HTML as JSON',
  truncated: 'answers the first half of its JSON',
  shapeless: 'answers a list where an object belongs',
  miscounting: 'answers one entity too few',
  wrong: 'answers a number where a text belongs',
  endless: 'answers without end',
  talkative: 'answers an error with a statement, a stack and a personal word',
} as const;

/** One of them. */
export type Manner = keyof typeof manners;

/** A subgraph's double: it passes everything on, until it is told to behave badly. */
export interface BadSubgraph {
  /** As in `http://127.0.0.1:40000/graphql`. */
  readonly url: string;
  behave(manner: Manner | 'well'): void;
  close(): Promise<void>;
}

/** What the talkative one says; `word` is somebody's. */
const chatter = (word: string): string =>
  JSON.stringify({ data: null, errors: [{ message: `select number from account where holder = '${word}'`, extensions: { code: 'ERRTABLE', stack: `Error\n    at query (/srv/banks.js:10:2)` } }] });

/** Listens on a free port before the subgraph of `port`. */
export async function startBadSubgraph(port: number, word: string): Promise<BadSubgraph> {
  let manner: Manner | 'well' = 'well';
  const server = createServer((request, response) => void misbehave(manner, { request, response, port, word }));
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    behave: (next) => void (manner = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly port: number;
  readonly word: string;
}

const json = { 'content-type': 'application/json' };

async function misbehave(manner: Manner | 'well', turn: Turn): Promise<void> {
  const { request, response, word } = turn;
  // A client that leaves in the middle of a bad answer is what is wanted.
  response.on('error', () => undefined);
  switch (manner) {
    case 'well':
      return passOn(turn, (text) => text);
    case 'slow':
      return void setTimeout(() => passOn(turn, (text) => text), 3_000);
    case 'hung':
      return void request.resume();
    case 'trickling':
      return trickle(response);
    case 'dead':
      return void request.socket.destroy();
    case 'failing':
      return void response.writeHead(500, { 'content-type': 'text/plain' }).end('failed');
    case 'html':
      return void response.writeHead(200, json).end('<!doctype html><title>sign in</title>');
    case 'truncated':
      return passOn(turn, (text) => text.slice(0, text.length / 2));
    case 'shapeless':
      return void response.writeHead(200, json).end('[]');
    case 'miscounting':
      return passOn(turn, () => '{"data":{"_entities":[]}}');
    case 'wrong':
      return passOn(turn, (text) => text.replace(/"state":"[A-Z_]+"/g, '"state":{"a":7}'));
    case 'endless':
      return pour(response);
    case 'talkative':
      return void response.writeHead(200, json).end(chatter(word));
    default:
      return manner satisfies never;
  }
}

function trickle(response: ServerResponse): void {
  response.writeHead(200, json).write('{');
  const timer = setInterval(() => response.write(' '), 100);
  response.on('close', () => clearInterval(timer));
}

function pour(response: ServerResponse): void {
  response.writeHead(200, json).write('{"data":"');
  const timer = setInterval(() => response.write('a'.repeat(1_000_000)), 5);
  response.on('close', () => clearInterval(timer));
}

function passOn({ request, response, port }: Turn, change: (text: string) => string): void {
  const { accept: _accept, ...headers } = request.headers;
  const asked = ask({ host: '127.0.0.1', port, path: request.url, method: request.method, headers: { ...headers, 'accept-encoding': 'identity' } }, (answer) => {
    const parts: Buffer[] = [];
    answer.on('data', (part: Buffer) => parts.push(part));
    answer.on('end', () => response.writeHead(answer.statusCode ?? 502, { 'content-type': String(answer.headers['content-type']) }).end(change(Buffer.concat(parts).toString('utf8'))));
  });
  asked.on('error', () => response.destroy());
  request.pipe(asked);
}
