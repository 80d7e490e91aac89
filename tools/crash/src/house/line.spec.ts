import { connect, createServer, type AddressInfo } from 'node:net';
import { layLine } from './line';

it('a line that is cut passes nothing, and everything again once it is mended', async () => {
  const far = createServer((socket) => socket.end('here'));
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  const line = await layLine();
  line.leadTo((far.address() as AddressInfo).port);
  const hear = (): Promise<string> => new Promise((resolve) => {
    const heard: string[] = [];
    connect(line.port, '127.0.0.1').on('data', (part) => heard.push(String(part))).on('error', () => undefined).on('close', () => resolve(heard.join('')));
  });

  expect(await hear()).toBe('here');
  line.cut();
  expect(await hear()).toBe('');
  line.mend();
  expect(await hear()).toBe('here');

  await line.close();
  far.close();
});
