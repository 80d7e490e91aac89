import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { layLine, type Line } from './line';
import type { LineFault } from './line-faults';
import { postBytes } from './post-bytes';

let far: Server;
let line: Line;
let arrived: string[];

beforeEach(async () => {
  arrived = [];
  far = createServer((request, response) => {
    void buffer(request).then((body) => {
      arrived.push(String(body));
      response.writeHead(200, { 'content-type': 'text/plain' }).end(`receipt of ${String(body)}`);
    });
  });
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  line = await layLine();
  line.leadTo((far.address() as AddressInfo).port);
});

afterEach(async () => {
  await line.close();
  far.close();
});

const post = (text: string): Promise<string> => postBytes(line.port, { path: '/batches', headers: {}, body: Buffer.from(text) }).then(({ body }) => String(body), () => 'nothing');

/** The line of the next posts, one fault after the other, then a good one. */
const next = (...faults: LineFault[]): void => line.suffer(() => faults.shift(), () => 0.5);

it('a line that is cut passes nothing, and everything again once it is mended', async () => {
  expect(await post('one')).toBe('receipt of one');
  line.cut();
  expect(await post('two')).toBe('nothing');
  line.mend();
  expect(await post('three')).toBe('receipt of three');

  expect(arrived).toEqual(['one', 'three']);
  expect(line.carried.map(({ body, heard }) => [String(body), String(heard?.body)])).toEqual([['one', 'receipt of one'], ['three', 'receipt of three']]);
});

it('what is doubled arrives a hundred times and is answered once', async () => {
  next('doubled');

  expect(await post('one')).toBe('receipt of one');
  expect(arrived).toEqual(Array.from({ length: 100 }, () => 'one'));
});

it('a straggler arrives after what was posted later', async () => {
  next('straggling');

  expect(await post('one')).toBe('nothing');
  expect(await post('two')).toBe('receipt of two');
  expect(arrived).toEqual(['two', 'one']);
});

it.each<[LineFault, string, readonly string[]]>([
  ['dropped', 'nothing', []],
  ['truncated', 'receipt of ab', ['ab']],
  ['unanswered', 'nothing', ['abcd']],
  ['cut short', 'nothing', ['abcd']],
  ['slow', 'receipt of abcd', ['abcd']],
  ['delayed', 'receipt of abcd', ['abcd']],
])('when a post is %s, its sender hears %s', async (fault, heard, came) => {
  next(fault);

  expect(await post('abcd')).toBe(heard);
  expect(arrived).toEqual(came);
});

it('one byte of what is flipped differs, and one of a garbled answer', async () => {
  const differing = (one: string, other: string): number => [...Buffer.from(one, 'latin1')].filter((byte, place) => byte !== Buffer.from(other, 'latin1')[place]).length;
  line.suffer(() => (arrived.length === 0 ? 'flipped' : 'garbled'), () => 0.1);

  await post('abcd');
  const heard = await post('abcd');

  expect(differing(arrived[0] ?? '', 'abcd')).toBe(1);
  expect(differing(heard, 'receipt of abcd')).toBe(1);
});

it('a line that hangs says nothing until it is cut', async () => {
  next('hung');
  const heard = post('one');

  await new Promise<void>((resolve) => setImmediate(resolve));
  while (line.carried.length === 0) await new Promise<void>((resolve) => setImmediate(resolve));
  line.cut();

  expect(await heard).toBe('nothing');
  expect(arrived).toEqual([]);
});
