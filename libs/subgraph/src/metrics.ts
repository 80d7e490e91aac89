import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** How many connections a pool has, holds free, and how many requests wait for one. */
export interface PoolFill {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
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
  text(): Promise<string>;
}

/** Opens the metrics of one process: requests, errors by code, event-loop lag, memory, garbage collection, and the pool when there is one. */
export function openMetrics({ app, pool }: { app: string; pool?: () => PoolFill }): Metrics {
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
  return {
    contentType: registry.contentType,
    started: () => inFlight.inc(),
    finished({ status, seconds, codes }) {
      inFlight.dec();
      duration.observe({ status: String(status) }, seconds);
      for (const code of codes) errors.inc({ code });
    },
    text: () => registry.metrics(),
  };
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
