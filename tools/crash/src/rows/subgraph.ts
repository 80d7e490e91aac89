import { performance } from 'node:perf_hooks';
import { holds } from '@lianfang/demo';
import { z } from 'zod';
import { manners, startBadSubgraph, type Manner } from '../house/bad-subgraph';
import type { House } from '../house/house';
import type { Row } from '../row';

const answerOf = z.object({ stopPaymentRequest: z.object({ id: z.string(), state: z.string(), institution: z.string(), order: z.object({ state: z.string() }).nullable() }) });
const document = 'query Page($id: ID!) { stopPaymentRequest(id: $id) { id state institution order { state } } }';

/** Manners after which the bank's part is there all the same. */
const harmless: readonly Manner[] = ['slow'];

/** Longest wait of a page for an agency that is not well, in milliseconds: the gateway's own patience is 10 s. */
const LONGEST = 15_000;

/** The banks' subgraph behind the gateway is slow, hung, trickling or answers what it should not; orders do not travel there and go on. */
export const subgraphUnwell: Row = {
  name: 'subgraph-unwell',
  what: 'a subgraph is slow, hung, trickling, dead or answers garbage',
  where: 'the banks behind the gateway, a page of the police that asks them for one field',
  how: `${Object.keys(manners).length} manners; the page must keep the police's part, say SUBGRAPH_UNAVAILABLE at the bank's, betray nothing and come within ${LONGEST / 1000} s; orders given meanwhile are executed`,
  inSample: false,
  of: 'Lianfang',
  run: async ({ design, say }) => {
    const { supervisor, ports } = design.own.system;
    const word = 'a-word-that-is-somebodys';
    design.ledgers.clients.personal.add(word);
    const prepared = await design.prepare(1);
    await design.order(prepared);
    await design.settle(prepared);
    const id = prepared.orders[0]?.id ?? '';
    const double = await startBadSubgraph(ports.banks, word);
    try {
      await supervisor.restart('gateway', { BANKS_URL: double.url });
      for (const manner of Object.keys(manners) as Manner[]) {
        const meanwhile = await design.prepare(1);
        double.behave(manner);
        const [told] = await Promise.all([look(design, id, manner), design.order(meanwhile)]);
        double.behave('well');
        await design.settle(meanwhile);
        say(`${manner} (${manners[manner]}) · ${told}`);
      }
    } finally {
      await double.close();
    }
    await supervisor.restart('gateway', { BANKS_URL: `http://127.0.0.1:${ports.banks}/graphql` });
    return Object.keys(manners).length;
  },
};

/** The page as an officer gets it; throws when more than the bank's part is missing. */
async function look(design: House, id: string, manner: Manner): Promise<string> {
  const began = performance.now();
  const { data, errors = [] } = await design.officer.ask(document, { id });
  const took = performance.now() - began;
  const page = answerOf.parse(data).stopPaymentRequest;
  const isWhole = harmless.includes(manner);
  holds(page.state === 'STOPPED' && page.institution === 'B001', `${manner}: the police's part is whole, found ${JSON.stringify(page)}`);
  holds((page.order !== null) === isWhole, `${manner}: the bank's part is ${isWhole ? 'there' : 'left out'}, found ${JSON.stringify(page.order)}`);
  const codes = errors.map(({ extensions, path }) => `${extensions?.code ?? 'no code'} ${path?.join('.') ?? String(extensions?.['subgraph'] ?? 'from nobody')}`);
  const isTold = codes.length > 0 && codes.every((code) => /^SUBGRAPH_UNAVAILABLE (banks|stopPaymentRequest\.order.*)$/.test(code));
  holds(isWhole ? codes.length === 0 : isTold, `${manner}: an error with its code and its subgraph or path for the bank's part alone, found ${codes.join('; ')}`);
  holds(took < LONGEST, `${manner}: the page comes within ${LONGEST} ms, found ${Math.round(took)}`);
  return `${Math.round(took)} ms, ${codes.join('; ') || 'whole'}`;
}
