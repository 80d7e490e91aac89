import { performance } from 'node:perf_hooks';
import { holds, Session } from '@lianfang/demo';
import { IMPATIENCE, letAsk, type CrowdAnswer, type CrowdMember, type CrowdQuestion } from '../house/crowd';
import type { House } from '../house/house';
import { bothSidesQuestion } from '../house/officers';
import type { Row } from '../row';

/** Connections that ask without a pause before and after, and in the burst. */
const USUAL = 64;
const TIMES = 10;

/** How long it lasts, in milliseconds. */
const CALM = 5_000;
const BURST = 10_000;

/** Longest time after the burst in which anybody may still be turned away, in milliseconds. */
const BACK_WITHIN = 5_000;

/** Who asks, and the part of the connections that he takes: one takes nearly everything. */
const crowd = [['duty.chaoyang', 0.75], ['officer.chaoyang', 0.125], ['leader.chaoyang', 0.125]] as const;

/** Orders of a flow given in the burst, and how many flows. */
const ORDERS = 3;
const FLOWS = 4;

/** Ten times as many ask as can be answered: the gateway turns away at once, goes on answering, and orders pass before everything else. */
export const overload: Row = {
  name: 'overload',
  what: 'ten times as many ask as can be answered',
  where: 'the gateway, a page of a case with the banks\' part, while orders are approved and released',
  how: `${USUAL} connections without a pause, then ${USUAL * TIMES}, three quarters of them one person's, again ${IMPATIENCE} ms after they were turned away, then ${USUAL}; 429 or 503 with Retry-After or the whole page, nothing else`,
  inSample: false,
  of: 'Lianfang',
  run: async ({ design, say }) => {
    const question = await aPage(design);
    const members = await Promise.all(crowd.map(async ([name, part]) => ({ name, part, token: await new Session(design.own.system, name).token() })));
    const ask = (connections: number, milliseconds: number): Promise<CrowdAnswer[]> =>
      letAsk(members.map(({ name, token, part }): CrowdMember => ({ name, token, connections: Math.round(connections * part) })), { ...question, milliseconds });

    await ask(USUAL, CALM);
    const before = await ask(USUAL, CALM);
    const flows = await Promise.all(Array.from({ length: FLOWS }, () => design.prepare(ORDERS)));
    const giveOrders = async (): Promise<void> => {
      for (const flow of flows) await design.order(flow);
    };
    const [burst] = await Promise.all([ask(USUAL * TIMES, BURST), giveOrders()]);
    const end = performance.now();
    const after = await ask(USUAL, BACK_WITHIN + CALM);
    for (const flow of flows) await design.settle(flow);
    for (const flow of flows) await design.release(flow);

    const urgent = flows.flatMap(({ orders }) => orders.slice(0, 1).map(({ submittedAt, acknowledgedAt }) => Number(acknowledgedAt) - Number(submittedAt)));
    tell({ before, burst, after, urgent }, say);
    say(await toldByGateway(design));
    const all = [...before, ...burst, ...after];
    const wrong = all.filter((answer) => !isRight(answer));
    holds(wrong.length === 0, `a page is whole, or turned away with Retry-After; found ${[...new Set(wrong.map(({ status, isWhole }) => `${status} ${isWhole}`))].join(', ')} ${wrong.length} times`);
    const shed = burst.filter(({ status }) => status !== 200);
    holds(shed.length > 0, 'somebody is turned away in the burst');
    holds(members.every(({ name }) => burst.some(({ by, status }) => by === name && status === 200)), 'everybody gets some answers in the burst');
    holds(after.every(({ at, status }) => status === 200 || at < end + BACK_WITHIN), `nobody is turned away ${BACK_WITHIN / 1000} s after the burst`);
    return shed.length;
  },
};

const isRight = ({ status, isWhole, retryAfter }: CrowdAnswer): boolean => (status === 200 ? isWhole : [429, 503].includes(status) && retryAfter !== null);

/** A case whose orders are executed, and the page that shows it from both sides. */
async function aPage(design: House): Promise<Omit<CrowdQuestion, 'milliseconds'>> {
  const shown = await design.prepare(5);
  await design.order(shown);
  await design.settle(shown);
  return { gatewayUrl: design.own.system.gatewayUrl, body: JSON.stringify({ query: bothSidesQuestion, variables: { caseId: design.caseOf(shown) } }) };
}

interface Figures {
  readonly before: readonly CrowdAnswer[];
  readonly burst: readonly CrowdAnswer[];
  readonly after: readonly CrowdAnswer[];
  /** Milliseconds of each approval in the burst. */
  readonly urgent: readonly number[];
}

function tell({ before, burst, after, urgent }: Figures, say: (line: string) => void): void {
  const served = (answers: readonly CrowdAnswer[]): readonly CrowdAnswer[] => answers.filter(({ status }) => status === 200);
  const rate = (answers: readonly CrowdAnswer[]): number => {
    const times = answers.map(({ at, milliseconds }) => at - milliseconds);
    return (served(answers).length * 1_000) / (Math.max(...answers.map(({ at }) => at)) - Math.min(...times));
  };
  const shed = burst.filter(({ status }) => status !== 200);
  say(`whole pages a second: ${rate(before).toFixed(0)} before, ${rate(burst).toFixed(0)} in the burst (${((100 * rate(burst)) / rate(before)).toFixed(0)} %), ${rate(after).toFixed(0)} after`);
  say(`turned away: ${shed.length} of ${burst.length} (${shed.filter(({ status }) => status === 429).length} × 429), as their sender saw it ${spread(shed.map(({ milliseconds }) => milliseconds))}`);
  for (const [name] of crowd) say(`${name}: ${served(burst).filter(({ by }) => by === name).length} pages, ${shed.filter(({ by }) => by === name).length} turned away`);
  say(`a page: ${spread(served(before).map(({ milliseconds }) => milliseconds))} before, ${spread(served(burst).map(({ milliseconds }) => milliseconds))} in the burst; an approval in the burst: ${spread(urgent)}`);
}

/** How soon the gateway turned them away, by its own histogram: senders share the machine and its processors with it. */
async function toldByGateway({ own }: House): Promise<string> {
  const text = await (await fetch(`${own.system.gatewayUrl}/metrics`)).text();
  const count = (part: string): number =>
    text.split('\n').filter((line) => line.startsWith(`lianfang_request_seconds_${part}`) && /status="(429|503)"/.test(line)).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  const within = (seconds: string): string => ((100 * count(`bucket{le="${seconds}"`)) / count('count')).toFixed(1);
  return `turned away by the gateway's own clock, those who made room for others included: ${within('0.01')} % within 10 ms, ${within('0.025')} % within 25 ms`;
}

/** Median and 99th percentile. */
function spread(values: readonly number[]): string {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (part: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN).toFixed(0);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}
