import { request as ask } from 'node:http';

/** An HTTP answer as it came. */
export interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Bytes on their way to a port of this machine. */
export interface Bytes {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Into how many parts they fall on a slow line, 100 ms apart; in one by default. */
  readonly parts?: number;
}

/** Time between two parts, in milliseconds. */
const BETWEEN_PARTS = 100;

/** Longest wait for an answer, in milliseconds. */
const PATIENCE = 30_000;

/** Posts bytes to a port of this machine, each time over a connection of their own. Throws when no whole answer comes. */
export function postBytes(port: number, { path, headers, body, parts = 1 }: Bytes): Promise<Heard> {
  const { promise, resolve, reject } = Promise.withResolvers<Heard>();
  const asked = ask({ host: '127.0.0.1', port, path, method: 'POST', agent: false, timeout: PATIENCE, headers: { ...headers, 'content-length': body.length } }, (answer) => {
    const heard: Buffer[] = [];
    answer.on('data', (part: Buffer) => heard.push(part));
    answer.on('error', reject);
    answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: typeOf(answer.headers), body: Buffer.concat(heard) }));
  });
  asked.on('error', reject);
  asked.on('timeout', () => asked.destroy(new Error(`no answer within ${PATIENCE} ms`)));
  if (parts <= 1) {
    asked.end(body);
    return promise;
  }
  let sent = 0;
  const timer = setInterval(() => {
    const next = Math.min(body.length, sent + Math.ceil(body.length / parts));
    asked.write(body.subarray(sent, next));
    sent = next;
    if (sent < body.length) return;
    clearInterval(timer);
    asked.end();
  }, BETWEEN_PARTS);
  asked.on('close', () => clearInterval(timer));
  return promise;
}

const typeOf = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(['content-type', 'retry-after'].flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])));
