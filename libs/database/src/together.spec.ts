import { together } from './together';

const failing = (code: string): Promise<never> => Promise.reject(Object.assign(new Error(code), { code }));

test('what was begun together has ended as a whole when one part fails', async () => {
  const ended: string[] = [];
  const slow = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    ended.push('slow');
  };

  await expect(together(failing('23505'), slow())).rejects.toThrow('23505');

  expect(ended).toEqual(['slow']);
});

test('the cause is told, not what the server says to everything after it', async () => {
  await expect(together(failing('25P02'), failing('23514'))).rejects.toThrow('23514');
  await expect(together(failing('25P02'), Promise.resolve())).rejects.toThrow('25P02');
});
