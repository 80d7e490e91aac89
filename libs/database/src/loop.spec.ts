import { LONGEST_REST, restAfter, startLoop } from './loop';

/** So long that no spec ends by it. */
const FOR_EVER = 2_000_000_000;

const unexpected = (error: unknown): never => {
  throw error;
};

/** A step that the spec lets end one by one, and what it answered each time. */
function steppedWork() {
  const begun: (() => void)[] = [];
  let count = 0;
  let finish: (hasMore: boolean) => void = () => undefined;
  const step = (): Promise<boolean> => {
    count += 1;
    for (const tell of begun.splice(0)) tell();
    return new Promise((resolve) => (finish = resolve));
  };
  return { step, steps: () => count, nextStep: () => new Promise<void>((resolve) => begun.push(resolve)), finish: (hasMore: boolean) => finish(hasMore) };
}

describe('work that is repeated', () => {
  it('goes on at once while more waits', async () => {
    const work = steppedWork();
    const loop = startLoop({ step: work.step, every: FOR_EVER, onError: unexpected });

    const second = work.nextStep();
    work.finish(true);
    await second;

    expect(work.steps()).toBe(2);
    work.finish(false);
    await loop.close();
  });

  it('rests when nothing waits, until it is woken', async () => {
    const work = steppedWork();
    const loop = startLoop({ step: work.step, every: FOR_EVER, onError: unexpected });
    work.finish(false);
    await new Promise(setImmediate);
    expect(work.steps()).toBe(1);

    const second = work.nextStep();
    loop.wake();
    await second;

    work.finish(false);
    await loop.close();
  });

  it('does not sleep over what came while it worked', async () => {
    const work = steppedWork();
    const loop = startLoop({ step: work.step, every: FOR_EVER, onError: unexpected });

    const second = work.nextStep();
    loop.wake();
    work.finish(false);
    await second;

    work.finish(false);
    await loop.close();
  });

  it('ends after the step that runs, and leaves no timer behind', async () => {
    const work = steppedWork();
    const loop = startLoop({ step: work.step, every: FOR_EVER, onError: unexpected });
    let isClosed = false;
    const closing = loop.close().then(() => (isClosed = true));
    await new Promise(setImmediate);
    expect(isClosed).toBe(false);

    work.finish(true);
    await closing;
    await loop.close();

    expect(work.steps()).toBe(1);
  });

  it('tells of a step that fails, and repeats it by itself', async () => {
    const told: unknown[] = [];
    let attempts = 0;
    const isBack = Promise.withResolvers<void>();
    const step = async (): Promise<boolean> => {
      attempts += 1;
      if (attempts < 3) throw new Error(`away ${attempts}`);
      isBack.resolve();
      return false;
    };
    const loop = startLoop({ step, every: 1, onError: (error) => told.push(error) });

    await isBack.promise;
    await loop.close();

    expect(told).toEqual([new Error('away 1'), new Error('away 2')]);
  });

  it('is not hastened by a wake while its step fails, and still closes at once', async () => {
    const told: unknown[] = [];
    const failed = Promise.withResolvers<void>();
    const onError = (error: unknown): void => {
      told.push(error);
      failed.resolve();
    };
    const loop = startLoop({ step: () => Promise.reject(new Error('the database is away')), every: LONGEST_REST, onError });
    await failed.promise;

    for (let times = 0; times < 5; times += 1) {
      loop.wake();
      await new Promise(setImmediate);
    }
    await loop.close();

    expect(told).toHaveLength(1);
  });

  it('pauses twice as long after each failure, half a minute at most, spread by a fifth', () => {
    const pauses = [1, 2, 3, 8, 9, 2_000].map((failures) => restAfter(failures, { every: 100, chance: 0.5 }));

    expect(pauses).toEqual([200, 400, 800, 25_600, LONGEST_REST, LONGEST_REST]);
    expect([0, 1].map((chance) => restAfter(1, { every: 100, chance }))).toEqual([160, 240]);
  });
});
