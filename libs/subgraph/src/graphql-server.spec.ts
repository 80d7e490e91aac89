import { connect } from 'node:net';
import { buildSchema } from 'graphql';
import { startApollo } from './apollo';
import { startGraphqlServer, type RunningServer, type ServerLimits } from './graphql-server';
import { openLog } from './log';
import { openMetrics } from './metrics';

/** A server whose `slow` field answers when the spec says so. */
async function aSlowServer(limits: Partial<ServerLimits> = {}): Promise<{ server: RunningServer; asked: Promise<void>; answerNow: () => void; closed: () => number }> {
  const asked = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<string>();
  const schema = buildSchema('type Query { slow: String quick: String } type Mutation { approveStopPaymentBatch: String }');
  const { slow, quick } = schema.getQueryType()?.getFields() ?? {};
  if (!slow || !quick) throw new Error('the schema has both fields');
  const approve = schema.getMutationType()?.getFields()['approveStopPaymentBatch'];
  if (approve) approve.resolve = () => 'approved';
  slow.resolve = () => {
    asked.resolve();
    return gate.promise;
  };
  quick.resolve = () => 'quick';
  let closed = 0;
  const log = openLog({ app: 'spec', level: 'silent' });
  const server = await startGraphqlServer({
    name: 'spec', host: '127.0.0.1', port: 0, apollo: await startApollo({ serves: { schema }, log, development: false }),
    open: async () => ({ context: {}, close: async () => void (closed += 1) }),
    checks: {}, log, metrics: openMetrics({ app: 'spec' }), development: false, limits,
  });
  return { server, asked: asked.promise, answerNow: () => gate.resolve('at last'), closed: () => closed };
}

const post = (url: string, query: string): Promise<Response> => fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });

const ask = (url: string, field: string): Promise<Response> => post(url, `{ ${field} }`);

describe('a server that drains', () => {
  it('takes nothing new, finishes what is under way, and stops', async () => {
    const { server, asked, answerNow } = await aSlowServer();
    const underWay = ask(server.url, 'slow');
    await asked;

    const drained = Promise.all([server.drain(), server.drain()]);
    await expect(ask(server.url, 'quick')).rejects.toThrow('fetch failed');
    answerNow();

    expect(await (await underWay).json()).toEqual({ data: { slow: 'at last' } });
    await drained;
  });

  it('stops when an answer takes longer than the limit', async () => {
    const { server, asked, answerNow } = await aSlowServer({ drainMilliseconds: 50 });
    const underWay = ask(server.url, 'slow').then(() => 'answered', () => 'cut');
    await asked;

    await server.drain();

    expect(await underWay).toBe('cut');
    answerNow();
  });
});

describe('a server under load', () => {
  it('tells the one too many to come back, and serves again when there is room', async () => {
    const { server, asked, answerNow } = await aSlowServer({ inFlight: 1 });
    const first = ask(server.url, 'slow');
    await asked;

    const refused = await ask(server.url, 'quick');
    answerNow();
    await first;

    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await ask(server.url, 'quick')).status).toBe(200);
    await server.drain();
  });

  it('lets an approval pass those who wait, and turns away at once whoever would wait for long', async () => {
    const { server, asked, answerNow } = await aSlowServer({ atOnce: 1, reserved: 1, shortest: 1, longest: 1 });
    const first = ask(server.url, 'slow');
    await asked;

    const others = [ask(server.url, 'quick'), ask(server.url, 'quick')];
    const refused = await Promise.race(others);
    const approved = await post(server.url, 'mutation { approveStopPaymentBatch }');
    answerNow();

    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }] });
    expect(await approved.json()).toEqual({ data: { approveStopPaymentBatch: 'approved' } });
    expect((await first).status).toBe(200);
    expect((await Promise.all(others)).map(({ status }) => status).sort()).toEqual([200, 429]);
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('lianfang_requests_shed_total{lane="ordinary",status="429",app="spec"} 1');
    await server.drain();
  });

  it('answers TIMEOUT after the limit, and ends the context when the work has ended', async () => {
    const { server, answerNow, closed } = await aSlowServer({ answerMilliseconds: 50 });

    const late = await ask(server.url, 'slow');

    expect(late.status).toBe(504);
    expect(await late.json()).toMatchObject({ errors: [{ extensions: { code: 'TIMEOUT' } }] });
    expect(closed()).toBe(0);
    answerNow();
    await server.drain();
    expect(closed()).toBe(1);
  });

  it('survives a caller who goes away in the middle of a body', async () => {
    const { server, closed } = await aSlowServer();
    const socket = connect(server.port, '127.0.0.1');
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));

    socket.write('POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"query"', () => socket.destroy());
    await gone;

    expect((await ask(server.url, 'quick')).status).toBe(200);
    await server.drain();
    expect(closed()).toBe(2);
  });
});
