import { Agent, request as ask } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

/** How one question of a crowd was answered. */
export interface CrowdAnswer {
  readonly by: string;
  readonly status: number;
  /** Whether the answer has data and no error. */
  readonly isWhole: boolean;
  readonly retryAfter: string | null;
  readonly milliseconds: number;
  /** When it came, in milliseconds of `performance.now()`. */
  readonly at: number;
}

/** One member: who asks, and how often at once. */
export interface CrowdMember {
  readonly name: string;
  readonly token: string;
  readonly connections: number;
}

/** What a crowd asks, again and again. */
export interface CrowdQuestion {
  readonly gatewayUrl: string;
  readonly body: string;
  /** How long they go on, in milliseconds. */
  readonly milliseconds: number;
}

/** How soon somebody who was turned away comes again, in milliseconds: sooner than he was asked to. */
export const IMPATIENCE = 400;

/** Lets everybody ask over all their connections, each again as soon as it is answered. Returns every answer. */
export async function letAsk(members: readonly CrowdMember[], question: CrowdQuestion): Promise<CrowdAnswer[]> {
  const answers: CrowdAnswer[] = [];
  const end = performance.now() + question.milliseconds;
  const keepAsking = async (member: CrowdMember): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (performance.now() < end) {
      const answer = await askOnce(member, { ...question, agent });
      answers.push(answer);
      if (answer.status !== 200) await pause(IMPATIENCE);
    }
    agent.destroy();
  };
  await Promise.all(members.flatMap((member) => Array.from({ length: member.connections }, () => keepAsking(member))));
  return answers;
}

const graphqlAnswer = z.object({ data: z.unknown(), errors: z.unknown().optional() });

function askOnce({ name, token }: CrowdMember, { gatewayUrl, body, agent }: CrowdQuestion & { agent: Agent }): Promise<CrowdAnswer> {
  const began = performance.now();
  const { promise, resolve } = Promise.withResolvers<CrowdAnswer>();
  const tell = (told: Pick<CrowdAnswer, 'status' | 'isWhole' | 'retryAfter'>): void => {
    const at = performance.now();
    resolve({ by: name, ...told, milliseconds: at - began, at });
  };
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json', authorization: `Bearer ${token}`, 'content-length': Buffer.byteLength(body) };
  const asked = ask(`${gatewayUrl}/graphql`, { method: 'POST', agent, headers }, (response) => {
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => parts.push(part));
    response.on('end', () => tell({ status: response.statusCode ?? 0, isWhole: isWhole(Buffer.concat(parts).toString('utf8')), retryAfter: response.headers['retry-after'] ?? null }));
    response.on('error', () => tell({ status: 0, isWhole: false, retryAfter: null }));
  });
  asked.on('error', () => tell({ status: 0, isWhole: false, retryAfter: null }));
  asked.end(body);
  return promise;
}

function isWhole(text: string): boolean {
  try {
    const { data, errors } = graphqlAnswer.parse(JSON.parse(text));
    return data !== null && data !== undefined && errors === undefined;
  } catch {
    // What does not parse is no whole answer; the row counts it.
    return false;
  }
}
