import { WaitingLine, type Leave, type LineLimits } from './waiting-line';
import type { Lane } from './urgent-operations';

const limits: LineLimits = { atOnce: 2, reserved: 1, shortest: 3, longest: 3, workMilliseconds: 60_000 };

interface Visit {
  readonly told: string[];
  readonly leave: Map<string, Leave>;
  come(name: string, options?: { lane?: Lane; caller?: string; isGone?: () => boolean }): Promise<void>;
}

/** A line, and what it told to whom in which order. */
function visit(changed: Partial<LineLimits> = {}): Visit & { line: WaitingLine } {
  const line = new WaitingLine({ ...limits, ...changed });
  const told: string[] = [];
  const leave = new Map<string, Leave>();
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const come: Visit['come'] = async (name, { lane = 'ordinary', caller = name, isGone } = {}) => {
    line.enter({ lane, caller, isGone }).then(
      (done) => void (told.push(`${name} begins`), leave.set(name, () => (done(), void told.push(`${name} is done`)))),
      (error: { extensions: { code: string } }) => void told.push(`${name} ${error.extensions.code}`),
    );
    await settle();
  };
  return { line, told, leave, come };
}

const done = async ({ leave }: Visit, name: string): Promise<void> => {
  leave.get(name)?.();
  await new Promise((resolve) => setImmediate(resolve));
};

it('whoever finds no place waits, and begins when another is done', async () => {
  const hall = visit();
  for (const name of ['a', 'b', 'c']) await hall.come(name);
  await done(hall, 'b');

  expect(hall.told).toEqual(['a begins', 'b begins', 'b is done', 'c begins']);
});

it('whoever would wait for long is turned away at once', async () => {
  const hall = visit();
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await hall.come(name);

  expect(hall.told).toEqual(['a begins', 'b begins', 'f UNAVAILABLE']);
  expect(hall.line.fill()).toEqual({ atWork: 2, waiting: { urgent: 0, ordinary: 3 }, shed: { urgent: { 429: 0, 503: 0 }, ordinary: { 429: 0, 503: 1 } } });
});

it('an urgent request begins on a place of its own, and goes before those who wait', async () => {
  const hall = visit();
  for (const name of ['a', 'b', 'c']) await hall.come(name);
  await hall.come('urgent', { lane: 'urgent' });
  await hall.come('urgent too', { lane: 'urgent' });
  await done(hall, 'a');

  expect(hall.told).toEqual(['a begins', 'b begins', 'urgent begins', 'a is done', 'urgent too begins']);
});

it('ordinary requests never take the place of an urgent one', async () => {
  const hall = visit({ longest: 100, shortest: 100 });
  for (let place = 0; place < 50; place += 1) await hall.come(`ordinary ${place}`);

  expect(hall.line.fill()).toMatchObject({ atWork: 2, waiting: { ordinary: 48 } });
  await hall.come('urgent', { lane: 'urgent' });
  expect(hall.told).toContain('urgent begins');
});

it('callers take turns, however many requests one of them has waiting', async () => {
  const hall = visit({ atOnce: 1 });
  for (const name of ['a1', 'a2', 'a3']) await hall.come(name, { caller: 'a' });
  await hall.come('b1', { caller: 'b' });
  for (const name of ['a1', 'a2', 'b1']) await done(hall, name);

  expect(hall.told.filter((line) => line.endsWith('begins'))).toEqual(['a1 begins', 'a2 begins', 'b1 begins', 'a3 begins']);
});

it('in a full line the caller with the most makes room, and is told that he asks for too much', async () => {
  const hall = visit({ atOnce: 1 });
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) await hall.come(name, { caller: 'a' });
  await hall.come('b1', { caller: 'b' });

  expect(hall.told).toEqual(['a1 begins', 'a5 TOO_MANY_REQUESTS', 'a4 TOO_MANY_REQUESTS']);
});

it('what nobody waits for any more is not worked on', async () => {
  const hall = visit({ atOnce: 1 });
  await hall.come('a');
  await hall.come('gone', { isGone: () => true });
  await hall.come('b');
  await done(hall, 'a');

  expect(hall.told).toEqual(['a begins', 'a is done', 'gone UNAVAILABLE', 'b begins']);
});

it('what waits for an agency that hangs gives its place to others', async () => {
  const hall = visit({ workMilliseconds: 0 });
  for (const name of ['hung', 'hung too', 'c', 'd']) await hall.come(name);

  expect(hall.told).toEqual(['hung begins', 'hung too begins', 'c begins', 'd begins']);
});

it('the line is as long as what is served within a second', async () => {
  const hall = visit({ atOnce: 1, shortest: 2, longest: 10 });
  for (let place = 0; place < 5; place += 1) {
    await hall.come(`served ${place}`);
    await done(hall, `served ${place}`);
  }
  for (let place = 0; place < 8; place += 1) await hall.come(`waiting ${place}`);

  expect(hall.line.fill()).toMatchObject({ atWork: 1, waiting: { ordinary: 5 } });
});
