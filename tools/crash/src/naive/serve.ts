import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/** Answers one question of a path; nothing is 404. What it throws is 500. */
export type Answering = (path: string, question: unknown) => Promise<object | undefined>;

/** Serves JSON on a port of this machine: POST asks to do something, GET asks what is. */
export function serve(port: number, answer: Answering): void {
  createServer((request, response) => {
    void (async () => {
      const question: unknown = request.method === 'POST' ? await json(request) : {};
      const found = await answer(request.url ?? '/', question);
      response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(found ?? {}));
    })().catch(() => response.writeHead(500).end('{}'));
  }).listen(port, '127.0.0.1');
}

/** Asks another process; throws when it does not answer 200. */
export async function ask(url: string, question?: object, token?: string): Promise<unknown> {
  const response = await fetch(url, {
    method: question ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: question ? JSON.stringify(question) : undefined,
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status !== 200) throw new Error(`${response.status} from ${new URL(url).pathname}`);
  return response.json();
}
