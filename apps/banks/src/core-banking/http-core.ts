import { setTimeout as pause } from 'node:timers/promises';
import { moneyToWire } from '@lianfang/vocabulary';
import { Agent, request, type Dispatcher } from 'undici';
import type { z } from 'zod';
import { CoreUnavailable, type CoreBanking, type CoreCapabilities, type Uncertain } from './core-banking';
import { extentToWire, httpAnswers, httpPaths, type HttpOperation } from './http-contract';

/** Where an institution's own core system answers, and how patient we are with it. */
export interface HttpCoreOptions {
  readonly institution: string;
  /** As in `https://core.bank.example/lianfang/`; the contract's paths are appended. */
  readonly url: string;
  /** Sent as `Authorization: Bearer …`. */
  readonly token: string;
  readonly capabilities: CoreCapabilities;
  /** Milliseconds that one attempt may take. */
  readonly timeoutMs: number;
  /** Attempts of one call, the first included; every one carries the same body, so the same order id. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled before each further one. */
  readonly pauseMs: number;
}

type Answer<Operation extends HttpOperation> = z.output<(typeof httpAnswers)[Operation]>;
type Attempt<Operation extends HttpOperation> = { readonly answer: Answer<Operation> } | { readonly fault: string; readonly mayRetry: boolean };

/** Longest answer that is read, in bytes: a thousand transactions take a third of it. */
const LONGEST_ANSWER = 1_000_000;
const TOO_LONG = 'an answer that is too long';

/** An institution's own core system behind the port: `http-contract.md` is what it must answer. */
export function httpCore(options: HttpCoreOptions): CoreBanking {
  const agent = new Agent({ connections: 8, connect: { timeout: options.timeoutMs }, headersTimeout: options.timeoutMs, bodyTimeout: options.timeoutMs });
  const { institution } = options;
  const read = async <Operation extends HttpOperation>(operation: Operation, body: unknown): Promise<Answer<Operation>> => {
    const last = await call(options, agent, { operation, body });
    if ('fault' in last) throw new CoreUnavailable(`the core system of ${institution} did not answer ${operation}: ${last.fault}`);
    return last.answer;
  };
  const command = async <Operation extends 'hold' | 'release'>(operation: Operation, body: unknown): Promise<Answer<Operation> | Uncertain> => {
    const last = await call(options, agent, { operation, body });
    return 'fault' in last ? { outcome: 'UNCERTAIN', cause: `the core system of ${institution} did not answer ${operation}: ${last.fault}` } : last.answer;
  };
  return {
    institution,
    capabilities: options.capabilities,
    findAccount: async (number, kind = null) => {
      const { account } = await read('findAccount', { number, kind });
      return account ? { ...account, institution } : undefined;
    },
    balance: (ref) => read('balance', { ref }),
    incoming: async (ref, { amount, around, toleranceMs, limit = 100 }) =>
      (await read('incoming', { ref, amount: amount ? moneyToWire(amount) : null, around, toleranceMs, limit })).transactions,
    transactionsSince: (ref, since, limit) => read('outflows', { ref, since, limit }),
    hold: async ({ orderId, ref, extent }) => {
      if (extent !== 'WHOLE' && extent.fen <= 0n) throw new Error('core banking: expected the amount of a hold to be more than 0');
      return command('hold', { orderId, ref, hold: extentToWire(extent) });
    },
    release: (orderId) => command('release', { orderId }),
  };
}

/** Attempts until an answer, a fault that will not mend by itself, or the last attempt. */
async function call<Operation extends HttpOperation>(
  options: HttpCoreOptions,
  agent: Dispatcher,
  question: { operation: Operation; body: unknown },
): Promise<Attempt<Operation>> {
  const { attempts, pauseMs } = options;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptOnce(options, agent, question);
    if ('answer' in outcome || !outcome.mayRetry || attempt >= attempts) return outcome;
    await pause(pauseMs * 2 ** (attempt - 1));
  }
}

async function attemptOnce<Operation extends HttpOperation>(
  { url, token, timeoutMs }: HttpCoreOptions,
  dispatcher: Dispatcher,
  { operation, body }: { operation: Operation; body: unknown },
): Promise<Attempt<Operation>> {
  try {
    const response = await request(new URL(httpPaths[operation], url), {
      method: 'POST',
      dispatcher,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    });
    const bytes = await readAtMost(response.body, LONGEST_ANSWER);
    if (response.statusCode !== 200) return { fault: `status ${response.statusCode}`, mayRetry: response.statusCode >= 500 || response.statusCode === 429 };
    return parseAnswer(operation, bytes);
  } catch (error) {
    return { fault: faultOf(error), mayRetry: true };
  }
}

/** The causes that are told are our own words: an answer's content never ends up in a log. */
function parseAnswer<Operation extends HttpOperation>(operation: Operation, bytes: Buffer): Attempt<Operation> {
  const parsed = httpAnswers[operation].safeParse(jsonOf(bytes));
  if (parsed.success) return { answer: parsed.data as Answer<Operation> };
  const places = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole'))].slice(0, 5).join(', ');
  return { fault: `an answer outside the contract (${places})`, mayRetry: true };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // Not JSON at all: the contract's check will say so.
    return undefined;
  }
}

async function readAtMost(body: Dispatcher.ResponseData['body'], longest: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longest) throw new Error(TOO_LONG);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Errors of the platform may come from another realm (an abort's does): asked for their shape, not their class. */
function faultOf(error: unknown): string {
  const { name, code, message } = (typeof error === 'object' && error !== null ? error : {}) as { name?: unknown; code?: unknown; message?: unknown };
  if (name === 'TimeoutError') return 'no answer in time';
  if (typeof code === 'string') return code;
  return message === TOO_LONG ? TOO_LONG : 'connection lost';
}
