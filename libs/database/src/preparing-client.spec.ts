import { testServerUrl } from './config';
import { PreparingClient } from './preparing-client';

let client: PreparingClient;

beforeEach(async () => {
  client = new PreparingClient({ connectionString: testServerUrl(), pipeline: true } as { connectionString: string });
  await client.connect();
});

afterEach(() => client.end());

const prepared = async (part: string): Promise<number> => (await client.query(`select from pg_prepared_statements where statement like '%' || $1 || '%'`, [part])).rowCount ?? 0;
const askOften = async (text: string, values: unknown[]): Promise<void> => {
  for (let time = 0; time < 10; time += 1) await client.query(text, values);
};

test('a statement that is asked often is prepared, once in its session', async () => {
  await askOften('select $1::text as often', ['a']);

  expect(await prepared('as often')).toBe(1);
});

test('a statement that is asked now and then leaves nothing in the session', async () => {
  await client.query('select $1::text as seldom', ['a']);

  expect(await prepared('as seldom')).toBe(0);
});

test('a prepared statement is good again after it failed, and after its first try came in a transaction that had failed', async () => {
  await askOften('select 1 / $1::int as quotient', [1]);
  await expect(client.query('select 1 / $1::int as quotient', [0])).rejects.toThrow(/division by zero/);
  const other = new PreparingClient(testServerUrl());
  await other.connect();
  await other.query('begin');
  await expect(other.query('select nothing')).rejects.toThrow();
  await expect(other.query('select 1 / $1::int as quotient', [1])).rejects.toThrow(/aborted/);
  await other.query('rollback');

  expect((await client.query('select 1 / $1::int as quotient', [1])).rows).toEqual([{ quotient: 1 }]);
  expect((await other.query('select 1 / $1::int as quotient', [1])).rows).toEqual([{ quotient: 1 }]);
  await other.end();
});

test.each(['select * from growing where first = $1', 'select growing.* from growing where first = $1'])('a column that a migration adds while we run does not break "%s"', async (text) => {
  await client.query('create temporary table growing (first integer)');
  await askOften(text, [1]);

  await client.query('alter table growing add column second integer');

  expect((await client.query(text, [1])).rows).toEqual([]);
});

test('what is asked at once is answered in order, each to whom it belongs', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, (_, number) => client.query<{ echo: number }>('select $1::int as echo', [number])));

  expect(answers.map(({ rows }) => rows[0]?.echo)).toEqual(Array.from({ length: 50 }, (_, number) => number));
});
