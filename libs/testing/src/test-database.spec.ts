import { newId } from '@lianfang/database';
import { clockCaller } from '@lianfang/vocabulary';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { templateName } from './template-name';
import { callers, testDatabase, testServerUrl } from './index';

let columns = 'id uuid primary key';
class CreateNote1764000900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table note (${columns})`);
    await runner.query('grant select, insert on note to lianfang_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table note');
  }
}

const schema = { entities: [], migrations: [CreateNote1764000900000] };

test('two spec files get two databases from one template, and neither sees the other', async () => {
  const [first, second] = await Promise.all([testDatabase('police', schema), testDatabase('police', schema)]);
  const clock = clockCaller('police');
  const count = async (database: typeof first) => (await database.worker.asCaller(clock, (manager) => manager.query('select id from note'))).length;

  await first.worker.asCaller(clock, (manager) => manager.query('insert into note (id) values ($1)', [newId()]));

  expect([await count(first), await count(second)]).toEqual([1, 0]);
  await expect(first.runtime.asCaller(callers.officer, (manager) => manager.query('select id from note'))).rejects.toThrow('permission denied');
  await Promise.all([first.drop(), second.drop()]);
});

test('the template changes with the SQL of a migration, wherever that SQL stands', async () => {
  const before = await templateName('police', schema);
  columns = 'id uuid primary key, text text';
  const after = await templateName('police', schema);
  columns = 'id uuid primary key';

  expect(after).not.toBe(before);
  expect(await templateName('police', schema)).toBe(before);
  expect(await templateName('banks', schema)).not.toBe(before);
});

test('without a server the error says what to do', () => {
  expect(() => testServerUrl({})).toThrow('TEST_DATABASE_URL is not set: run `npm test`');
});
