import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { eventually } from '@lianfang/testing';
import { handMade, postTo, wireOf, type Head } from '../testing/hand-made';
import { stopOrder } from '../testing/orders';
import { twoAgencies, type TwoAgencies } from '../testing/two-agencies';
import { LARGEST_BODY } from './read-body';
import { startInboxServer, type InboxServer } from './server';

let agencies: TwoAgencies;
let server: InboxServer;
let lines: Socket[];
let head: Head | undefined;

beforeAll(async () => {
  agencies = await twoAgencies();
  // Makes the partners' chains; what is tested here is the server alone.
  await (await agencies.banks.start()).close();
});

afterAll(() => agencies?.close());

beforeEach(() => {
  lines = [];
});

afterEach(async () => {
  for (const line of lines) line.destroy();
  await server?.close();
});

const start = async (patience?: number): Promise<void> => {
  const { store, party, events } = agencies.banks;
  const { directory, signer, decryptionKey } = party;
  const station = { agency: 'banks', database: store.worker, directory, signer, decryptionKeys: [decryptionKey], clock: { now: () => new Date() }, tell: (event: (typeof events)[number]) => void events.push(event), reach: async () => undefined } as const;
  server = await startInboxServer(station, { host: '127.0.0.1', port: 0, onReceived: () => undefined, patience });
};

/** A line to the server on which a spec says what it likes, and what came back so far. */
async function speak(text: string): Promise<{ line: Socket; heard: () => string; ended: Promise<void> }> {
  const line = connect(server.address.port, '127.0.0.1');
  lines.push(line);
  let answer = '';
  line.on('data', (part) => (answer += part.toString('latin1'))).on('error', () => undefined);
  const ended = new Promise<void>((resolve) => line.once('close', () => resolve()));
  await once(line, 'connect');
  line.write(text);
  return { line, heard: () => answer, ended };
}

const announce = (bytes: number): string => `POST /batches HTTP/1.1\r\nhost: banks\r\ncontent-length: ${bytes}\r\n\r\n`;
const status = (heard: string): string => heard.slice(9, 12);

/** An honest partner's next batch. */
async function honestBatch(): Promise<number> {
  const next = await wireOf(agencies.police.party, [await handMade(agencies.police.party.signer)], head);
  const { status: code } = await postTo(server.address, next.wire);
  if (code === 200) head = next.head;
  return code;
}

describe('the port of the partners', () => {
  it('takes the largest batch that a partner makes', async () => {
    await start();
    const order = stopOrder();
    const next = await wireOf(agencies.police.party, [await handMade(agencies.police.party.signer, { data: { ...order, caseNumber: 'x'.repeat(2_000_000) } })], head);

    expect(next.wire.length).toBeGreaterThan(4_700_000);
    expect((await postTo(server.address, next.wire)).status).toBe(200);
    head = next.head;
  });

  it('refuses a body without length, because it may never end, and cuts the line when it does not', async () => {
    await start(300);

    const { line, heard, ended } = await speak('POST /batches HTTP/1.1\r\nhost: banks\r\ntransfer-encoding: chunked\r\n\r\n1\r\nA\r\n');
    await eventually(() => heard().includes('LENGTH_REQUIRED'));
    const endless = setInterval(() => line.write('1\r\nA\r\n'), 5);
    await ended.finally(() => clearInterval(endless));

    expect(status(heard())).toBe('411');
  });

  it('refuses a body that is too large before any of it has come', async () => {
    await start();

    const { heard } = await speak(announce(LARGEST_BODY + 1));
    await eventually(() => heard().includes('TOO_LARGE'));

    expect(status(heard())).toBe('413');
  });

  it('serves a partner while a hundred others do not finish their sentence, and cuts those off', async () => {
    await start(1_500);

    const slow = await Promise.all(Array.from({ length: 100 }, () => speak(`${announce(100_000)}A`)));
    expect(await honestBatch()).toBe(200);
    await Promise.all(slow.map(({ ended }) => ended));

    await eventually(() => agencies.banks.events.filter(({ event }) => event === 'exchange.unfinished').length === 100);
    expect(await honestBatch()).toBe(200);
  });

  it('cuts off who connects and says nothing, or never ends its headers', async () => {
    await start(300);

    const silent = await speak('');
    const talkative = await speak('POST /batches HTTP/1.1\r\nhost: banks\r\n');

    await expect(Promise.all([silent.ended, talkative.ended])).resolves.toHaveLength(2);
  });

  it('reads no more large bodies at once than it has memory for, and small ones all the same', async () => {
    await start();
    const large = await Promise.all([1, 2, 3, 4].map(() => speak(announce(LARGEST_BODY))));
    await eventually(async () => (await postTo(server.address, Buffer.alloc(300_000, 65))).status === 503, { what: 'the large bodies to be under way' });

    expect(await honestBatch()).toBe(200);

    large[0]?.line.destroy();
    await eventually(async () => (await postTo(server.address, Buffer.alloc(300_000, 65))).status === 400, { what: 'the room of a body that broke off to be free again' });
  });

  it('does not let a body of points or a huge header cost more than a look', async () => {
    await start();
    const huge = `${Buffer.from(`{"alg":"${'x'.repeat(2_000_000)}"}`).toString('base64url')}....`;

    expect(await postTo(server.address, '.'.repeat(LARGEST_BODY))).toEqual({ status: 400, text: 'MALFORMED' });
    expect(await postTo(server.address, huge)).toEqual({ status: 400, text: 'MALFORMED' });
  });

  it('closes with somebody in mid-sentence', async () => {
    await start();
    const { ended } = await speak(`${announce(10)}A`);
    await eventually(async () => (await postTo(server.address, '')).status === 400);

    await server.close();

    await expect(ended).resolves.toBeUndefined();
  });
});
