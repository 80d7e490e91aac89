import { Pool, type Dispatcher } from 'undici';

/** How long and how much the gateway waits for one subgraph. */
export interface SubgraphLimits {
  /** Longest time for one answer, in milliseconds. */
  readonly answerMilliseconds: number;
  /** Largest answer, in bytes. */
  readonly answerBytes: number;
  /** Connections kept open at most. */
  readonly connections: number;
}

/** The bounds as they stand: a page of ours takes well under a second and a megabyte. */
export const usualSubgraphLimits: SubgraphLimits = { answerMilliseconds: 10_000, answerBytes: 8_388_608, connections: 128 };

/** An HTTP answer of a subgraph, whole. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Kept-alive connections to one subgraph. */
export class SubgraphConnection {
  private readonly pool: Pool;
  private readonly path: string;

  constructor(url: string, private readonly limits: SubgraphLimits) {
    const { origin, pathname } = new URL(url);
    this.path = pathname;
    this.pool = new Pool(origin, {
      connections: limits.connections,
      keepAliveTimeout: 30_000,
      connect: { timeout: 2_000 },
      headersTimeout: limits.answerMilliseconds,
      bodyTimeout: limits.answerMilliseconds,
      maxResponseSize: limits.answerBytes,
    });
  }

  /** Posts a body and waits for the whole answer. Throws when none comes within the limits. */
  post(body: string, headers: Readonly<Record<string, string>>): Promise<RawAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
    // undici's request() would make a stream of each answer, which costs as much as all the rest of the exchange.
    this.pool.dispatch({ path: this.path, method: 'POST', headers: { ...headers }, body }, new Awaiting(this.limits.answerMilliseconds, { resolve, reject }));
    return promise;
  }

  /** Gives the connections back. */
  close(): Promise<void> {
    return this.pool.destroy();
  }
}

/** Collects one answer. */
class Awaiting implements Dispatcher.DispatchHandler {
  private readonly timer: NodeJS.Timeout;
  private readonly chunks: Buffer[] = [];
  private controller: Dispatcher.DispatchController | undefined;
  private late: Error | undefined;
  private status = 0;
  private contentType = '';

  constructor(milliseconds: number, private readonly told: { resolve(answer: RawAnswer): void; reject(error: Error): void }) {
    // Beside undici's own timers: a body that trickles would restart those with every byte.
    this.timer = setTimeout(() => this.expire(milliseconds), milliseconds);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.late) controller.abort(this.late);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Readonly<Record<string, string | string[] | undefined>>): void {
    this.status = status;
    this.contentType = String(headers['content-type'] ?? '');
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.timer);
    const [first = Buffer.alloc(0)] = this.chunks;
    const text = (this.chunks.length > 1 ? Buffer.concat(this.chunks) : first).toString('utf8');
    this.told.resolve({ status: this.status, contentType: this.contentType, text });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.timer);
    this.told.reject(error);
  }

  private expire(milliseconds: number): void {
    this.late = new Error(`no whole answer within ${milliseconds} ms`);
    this.controller?.abort(this.late);
    this.told.reject(this.late);
  }
}
