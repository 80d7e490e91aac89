import { eventually } from './index';

test('waits until the condition holds and gives what it found', async () => {
  let asked = 0;

  expect(await eventually(() => (asked += 1) > 3 && `asked ${asked}`, { every: 1 })).toBe('asked 4');
});

test('a condition that throws is asked again; after the limit the last error is the cause', async () => {
  const error = await eventually(() => Promise.reject(new Error('not yet')), { limit: 20, every: 1, what: 'the receipt' }).catch((reason: unknown) => reason);

  expect(error).toMatchObject({ message: 'waited 20 ms in vain for the receipt', cause: new Error('not yet') });
});
