import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { findFreePorts } from '../ports';
import { Supervisor } from '../supervisor';
import { findAccount } from './account';
import { prepareEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres';
import { findOutsideHome } from './home';
import { clearLeftover } from './leftover';

let parent: string;
let supervisor: Supervisor;
let port: number;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'lianfang-postgres-'));
  supervisor = new Supervisor({ logFolder: join(parent, 'logs'), report: () => undefined });
  ({ postgres: port } = await findFreePorts());
});

afterEach(async () => {
  await supervisor.stopAll();
  const outside = await findOutsideHome(join(parent, 'data folder 数据'));
  if (outside !== undefined) await rm(outside, { recursive: true });
  await rm(parent, { recursive: true });
});

const prepare = (): Promise<EmbeddedPostgres> => prepareEmbeddedPostgres({ dataFolder: join(parent, 'data folder 数据'), port, password: 'of this spec', throwAway: true });

async function ask<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Where the server really keeps its data: under the data folder, or outside it. */
const dataOf = ({ plan }: EmbeddedPostgres): string => plan.args[plan.args.indexOf('-D') + 1] ?? '';

describe('the embedded server', () => {
  it('starts in a folder with spaces and Chinese characters, keeps its data, and sees Chinese characters', async () => {
    const first = await prepare();
    await supervisor.start(first.plan);
    await ask(first.adminUrl, 'create table kept (name text); create extension pg_trgm');
    await supervisor.stop('postgres');

    const second = await prepare();
    await supervisor.start(second.plan);

    expect(await ask(second.adminUrl, "select count(*)::int as count, array_length(show_trgm('浦东'), 1) as trigrams from kept")).toEqual([{ count: 0, trigrams: 3 }]);
    expect(await ask(second.adminUrl, "select name from (values ('张三'), ('李四'), ('阿明'), ('王五')) people (name) order by name collate \"zh-Hans-CN-x-icu\"")).toEqual(
      ['阿明', '李四', '王五', '张三'].map((name) => ({ name })),
    );
  });

  it('starts below a folder that is private to root', async () => {
    await chmod(parent, 0o700);

    const { plan, adminUrl } = await prepare();
    await supervisor.start(plan);

    expect(await ask(adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    // Not in the folder for temporary files, which the next start of the machine empties.
    expect(dataOf({ plan, adminUrl })).toMatch(plan.account ? /^\/var\/lib\/lianfang\// : /./);
  });

  it('refuses the data of another version in one sentence', async () => {
    const prepared = await prepare();
    await writeFile(join(dataOf(prepared), 'PG_VERSION'), '16\n');

    await expect(prepare()).rejects.toThrow(/was written by PostgreSQL 16; this version brings PostgreSQL 18[\s\S]*npm run reset/);
  });

  it('leaves a folder alone that it did not make', async () => {
    const data = dataOf(await prepare());
    await rm(join(data, 'PG_VERSION'));

    await expect(prepare()).rejects.toThrow(/is no data folder of PostgreSQL/);
    await expect(stat(data)).resolves.toBeDefined();
  });

  it('starts over after its making was broken off', async () => {
    const data = dataOf(await prepare());
    await rm(data, { recursive: true });
    await mkdir(join(dirname(data), 'data.unfinished', 'base'), { recursive: true });

    const { plan, adminUrl } = await prepare();
    await supervisor.start(plan);

    expect(await ask(adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('starts again after a kill, though its lock file names a number that another program has now', async () => {
    const first = await prepare();
    await supervisor.start(first.plan);
    const lockFile = join(dataOf(first), 'postmaster.pid');
    const lock = await readFile(lockFile, 'utf8');
    await supervisor.stop('postgres');
    await writeFile(lockFile, lock.replace(/^\d+/, String(process.pid)));

    const second = await prepare();
    await supervisor.start(second.plan);

    expect(await ask(second.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('what a killed run left in a data folder', () => {
  it('is nothing when there is no lock file, or its process has ended', async () => {
    expect(await clearLeftover(parent)).toBe('nothing');

    const ended = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => ended.once('exit', resolve));
    await writeFile(join(parent, 'postmaster.pid'), `${ended.pid}\n`);
    expect(await clearLeftover(parent)).toBe('nothing');
  });

  it('is a server that still runs: it is stopped in order', async () => {
    const prepared = await prepare();
    await supervisor.start(prepared.plan);

    expect(await clearLeftover(dataOf(prepared))).toBe('stopped');
  });
});

it('the user to run as is the first that the system has, and never root', () => {
  const passwd = 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\npostgres:x:101:104::/var/lib/postgresql:/bin/bash\n';

  expect(findAccount(passwd, ['postgres', 'nobody'])).toEqual({ name: 'postgres', uid: 101, gid: 104 });
  expect(findAccount(passwd, ['absent', 'nobody'])).toEqual({ name: 'nobody', uid: 65534, gid: 65534 });
  expect(findAccount(passwd, ['root'])).toBeUndefined();
});
