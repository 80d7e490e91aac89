import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { LineFill } from './waiting-line';

/** How many connections a pool has, holds free, and how many requests wait for one. */
export interface PoolFill {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
}

/** So many of something that waits to be done in the background, as an order for its receipt. */
export interface WaitingWork {
  readonly what: string;
  readonly partner: string;
  readonly count: number;
  /** The oldest of them. */
  readonly since: Date;
}

/** What a process's metrics look at when they are asked for. */
export interface MetricsOptions {
  readonly app: string;
  readonly pool?: () => PoolFill;
  /** What waits now. */
  readonly waiting?: () => Promise<readonly WaitingWork[]>;
  /** The hour by which what waits grows old; the machine's own by default. */
  readonly now?: () => Date;
}

/** A finished HTTP request, as the metrics see it. */
export interface FinishedRequest {
  readonly status: number;
  readonly seconds: number;
  /** Codes of the errors in the answer. */
  readonly codes: readonly string[];
}

/** What a server counts; the text of `/metrics`. */
export interface Metrics {
  readonly contentType: string;
  started(): void;
  finished(request: FinishedRequest): void;
  /** Shows how full the line before a server is. */
  watchLine(fill: () => LineFill): void;
  text(): Promise<string>;
}

/** Opens the metrics of one process: requests, errors by code, event-loop lag, memory, garbage collection, the pool and what waits, when there are any. */
export function openMetrics({ app, pool, waiting, now = () => new Date() }: MetricsOptions): Metrics {
  const registers = [new Registry()];
  const [registry = new Registry()] = registers;
  registry.setDefaultLabels({ app });
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'lianfang_request_seconds',
    help: 'Duration of GraphQL requests, in seconds, by HTTP status.',
    labelNames: ['status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const errors = new Counter({ name: 'lianfang_errors_total', help: 'Errors in answers, by code.', labelNames: ['code'], registers });
  const inFlight = new Gauge({ name: 'lianfang_requests_in_flight', help: 'GraphQL requests being answered.', registers });
  if (pool) watchPool(pool, registers);
  const lookAtWaiting = waiting && watchWaiting({ waiting, now }, registers);
  return {
    contentType: registry.contentType,
    started: () => inFlight.inc(),
    finished({ status, seconds, codes }) {
      inFlight.dec();
      duration.observe({ status: String(status) }, seconds);
      for (const code of codes) errors.inc({ code });
    },
    watchLine: (fill) => watchLine(fill, registers),
    async text() {
      await lookAtWaiting?.();
      return registry.metrics();
    },
  };
}

/** The lanes of a line, as labels name them. */
const lanes = ['urgent', 'ordinary'] as const;

function watchLine(fill: () => LineFill, registers: Registry[]): void {
  new Gauge({
    name: 'lianfang_requests_at_work',
    help: 'Requests that have their turn.',
    registers,
    collect() {
      this.set(fill().atWork);
    },
  });
  new Gauge({
    name: 'lianfang_requests_in_line',
    help: 'Requests that wait for their turn, by lane.',
    labelNames: ['lane'],
    registers,
    collect() {
      for (const lane of lanes) this.set({ lane }, fill().waiting[lane]);
    },
  });
  new Counter({
    name: 'lianfang_requests_shed_total',
    help: 'Requests turned away because there are too many, by lane and HTTP status.',
    labelNames: ['lane', 'status'],
    registers,
    collect() {
      this.reset();
      for (const lane of lanes) for (const status of [429, 503] as const) this.inc({ lane, status: String(status) }, fill().shed[lane][status]);
    },
  });
}

function watchPool(pool: () => PoolFill, registers: Registry[]): void {
  new Gauge({
    name: 'lianfang_database_connections',
    help: 'Connections of the pool by state; `waiting` counts requests without one.',
    labelNames: ['state'],
    registers,
    collect() {
      const { total, idle, waiting } = pool();
      this.set({ state: 'total' }, total);
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'waiting' }, waiting);
    },
  });
}

/** Two gauges from one look: how many wait, and for how long the oldest has. A database that does not answer leaves both empty; `/readyz` tells it. */
function watchWaiting({ waiting, now }: Required<Pick<MetricsOptions, 'waiting' | 'now'>>, registers: Registry[]): () => Promise<void> {
  const labelNames = ['what', 'partner'] as const;
  const count = new Gauge({ name: 'lianfang_waiting', help: 'What waits to be done in the background, by kind and partner; npm run exchange:status tells why.', labelNames, registers });
  const oldest = new Gauge({ name: 'lianfang_waiting_oldest_seconds', help: 'How long the oldest of what waits has waited, in seconds.', labelNames, registers });
  return async () => {
    const lines = await waiting().catch(() => []);
    count.reset();
    oldest.reset();
    for (const { what, partner, count: more, since } of lines) {
      count.inc({ what, partner }, more);
      oldest.set({ what, partner }, Math.max(0, (now().getTime() - since.getTime()) / 1000));
    }
  };
}
