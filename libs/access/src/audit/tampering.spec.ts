import fc from 'fast-check';
import { AuditBench, trailTables } from '../testing/audit-bench';

let bench: AuditBench;

beforeAll(async () => {
  bench = await AuditBench.open();
  // Check constraints would refuse some changes by themselves; here the verifier must find all of them.
  for (const { table, name } of await checkConstraints()) await bench.attacker.query(`alter table ${table} drop constraint ${name}`);
  await bench.aTrail();
  for (const table of trailTables) await bench.attacker.query(`create table kept_${table} as table ${table}`);
});
afterAll(() => bench?.close());

const checkConstraints = async (): Promise<{ table: string; name: string }[]> => {
  const tables = trailTables.map((table) => `'${table}'::regclass`).join(', ');
  return (await bench.attacker.query(`select conrelid::regclass::text as table, conname as name from pg_constraint where contype = 'c' and conrelid in (${tables})`)).rows;
};

const restore = async (): Promise<void> => {
  await bench.clear();
  for (const table of trailTables) await bench.attacker.query(`insert into ${table} select * from kept_${table}`);
};

/** How a value of each type becomes another one; `place` varies which byte, and how far. */
const changes: Record<string, (column: string, place: number) => string> = {
  bytea: (column, place) => `set_byte(${column}, ${place} % length(${column}), get_byte(${column}, ${place} % length(${column})) # ${1 << place % 8})`,
  timestamptz: (column, place) => `${column} + ${place + 1} * interval '1 millisecond'`,
  uuid: (_, place) => `('00000000-0000-7000-8000-' || lpad('${place}', 12, '0'))::uuid`,
  integer: (column, place) => `${column} + ${place + 100}`,
  jsonb: (_, place) => `jsonb_build_object('ordinal', ${place + 2})`,
  text: (column, place) => `coalesce(overlay(${column} placing '#' from 1 + ${place} % greatest(length(${column}), 1) for 1), '#')`,
};

const places = [
  ...of('transition', 'text', ['agency', 'thing', 'action', 'from_state', 'to_state', 'by_side', 'actor_id', 'actor_unit', 'actor_institution', 'unit', 'region_code', 'institution']),
  ...of('transition', 'uuid', ['id', 'thing_id', 'case_id']),
  ...of('transition', 'bytea', ['reason']),
  ...of('transition', 'jsonb', ['facts']),
  ...of('transition', 'integer', ['version']),
  ...of('transition', 'timestamptz', ['at']),
  ...of('audit_entry', 'text', ['kind', 'agency', 'actor_id', 'actor_agency', 'actor_unit', 'actor_institution', 'institution', 'thing', 'body']),
  ...of('audit_entry', 'uuid', ['id', 'thing_id']),
  ...of('audit_entry', 'bytea', ['leaf']),
  ...of('audit_entry', 'timestamptz', ['at']),
  ...of('audit_seal', 'bytea', ['chain_hash']),
  ...of('audit_seal', 'uuid', ['entry_id']),
  ...of('audit_seal', 'integer', ['seq']),
  ...of('audit_checkpoint', 'bytea', ['head', 'signature']),
  ...of('audit_checkpoint', 'text', ['kid']),
  ...of('audit_checkpoint', 'timestamptz', ['at']),
  ...of('audit_checkpoint', 'integer', ['seq', 'previous_seq']),
];

function of(table: string, type: string, columns: string[]): { table: string; type: string; column: string }[] {
  return columns.map((column) => ({ table, type, column }));
}

test.each(places)('whatever is changed in $table, column $column, is found', async ({ table, type, column }) => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 5 }), fc.nat({ max: 400 }), async (row, place) => {
      const change = changes[type]?.(column, place) ?? '';
      await bench.attacker.query(`update ${table} set ${column} = ${change} where ctid = (select ctid from ${table} order by ctid offset $1::int % (select count(*) from ${table})::int limit 1)`, [row]);
      const found = await bench.faults();
      await restore();
      expect(found).not.toEqual([]);
    }),
    { numRuns: 6 },
  );
});

test('whichever row is deleted, it is found', async () => {
  const deletion = fc.record({ table: fc.constantFrom('transition', 'audit_entry', 'audit_seal', 'audit_checkpoint'), row: fc.nat({ max: 5 }) });

  await fc.assert(
    fc.asyncProperty(deletion, async ({ table, row }) => {
      await bench.attacker.query(`delete from ${table} where ctid = (select ctid from ${table} order by ctid offset $1::int % (select count(*) from ${table})::int limit 1)`, [row]);
      const found = await bench.faults();
      await restore();
      expect(found).not.toEqual([]);
    }),
    { numRuns: 40 },
  );
  expect(await bench.faults()).toEqual([]);
});
