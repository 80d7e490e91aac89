import { BoundedCache } from './bounded-cache';

test('what was not used for longest is forgotten first', () => {
  const cache = new BoundedCache<number>(2);
  cache.keep('a', 1);
  cache.keep('b', 2);
  cache.find('a');

  cache.keep('c', 3);

  expect(['a', 'b', 'c'].map((key) => cache.find(key))).toEqual([1, undefined, 3]);
});

test('a heavy value makes room by its weight, also when it replaces itself', () => {
  const cache = new BoundedCache<number>(6, (key) => key.length);
  for (const key of ['aa', 'bb', 'cc', 'cc']) cache.keep(key, 1);

  cache.keep('ddd', 2);

  expect(['aa', 'bb', 'cc', 'ddd'].map((key) => cache.find(key))).toEqual([undefined, undefined, 1, 2]);
});

test('what weighs more than all may is not kept', () => {
  const cache = new BoundedCache<number>(6, (key) => key.length);

  cache.keep('a'.repeat(7), 1);

  expect(cache.find('a'.repeat(7))).toBeUndefined();
});

test('a value is made once, and one that could not be made is made again', () => {
  const cache = new BoundedCache<number>(2);
  let times = 0;
  const fail = (): number => {
    throw new Error('not now');
  };

  expect(() => cache.get('a', fail)).toThrow('not now');
  expect([cache.get('a', () => (times += 1)), cache.get('a', () => (times += 1))]).toEqual([1, 1]);
});
