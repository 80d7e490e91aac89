import { newId } from '@lianfang/database';
import { callers } from '@lianfang/testing';
import type { Caller } from '@lianfang/vocabulary';
import { countOf } from '../testing/bank-answers';
import { openScene, prefixFile, refusalsOf, succeeded, type Scene } from '../testing/stop-payment-scene';
import { importInstitutionPrefixes } from './import-institution-prefixes.actions';
import { findInstitution } from './institution-prefix.query';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
afterAll(() => scene?.close());

const bring = (csv: string, { dryRun = false, caller = callers.dutyOfficer as Caller, idempotencyKey = newId() } = {}) => importInstitutionPrefixes(scene.by(caller), { idempotencyKey, csv, dryRun });
const found = (number: string) => scene.database.runtime.asCaller(callers.officer, (manager) => findInstitution(manager, number));
const head = 'prefix,institution,product\n';

test('an import adds and changes rows, and again changes nothing', async () => {
  const csv = `${head}881234,B001,测试卡\n881235,B002,\n`;

  expect(succeeded(await bring(csv))).toEqual({ dryRun: false, added: 2, changed: 0, unchanged: 0 });
  expect(succeeded(await bring(csv))).toEqual({ dryRun: false, added: 0, changed: 0, unchanged: 2 });
  expect(succeeded(await bring(csv.replace('881235,B002', '881235,B003')))).toEqual({ dryRun: false, added: 0, changed: 1, unchanged: 1 });
  expect(await found('8812359999999999999')).toBe('B003');
  expect(await countOf(scene, `select count(*) from audit_entry where kind = 'IMPORT' and thing = 'institution-prefix'`)).toBe(4);
});

test('a dry run tells what would change, and changes nothing', async () => {
  expect(succeeded(await bring(`${head}770001,B001,\n`, { dryRun: true }))).toEqual({ dryRun: true, added: 1, changed: 0, unchanged: 0 });
  expect(await found('7700010000000000000')).toBeUndefined();
});

test('the longest prefix of a number wins, and a number without one finds nothing', async () => {
  succeeded(await bring(`${head}660,B001,\n660123,B002,\n`));

  expect([await found('6601239'), await found('6601299'), await found('6591239'), await found('66'), await found('X660')]).toEqual(['B002', 'B001', undefined, undefined, undefined]);
});

test('one faulty row refuses the file, and every fault is told with its line', async () => {
  const csv = `${head}550001,B001,\n55A,B001,\n550002,B999,\n550003,,\n550001,B002,\n550004,B001,卡\u0000\n`;

  expect(refusalsOf(await bring(csv))).toEqual([
    'PREFIX_FORM at csv.line.3.prefix', 'INSTITUTION_NOT_LISTED at csv.line.4.institution', 'VALUE_MISSING at csv.line.5.institution', 'VALUE_UNWRITABLE at csv.line.7.product', 'PREFIX_TWICE at csv.line.6.prefix',
  ]);
  expect(await found('5500010000000000000')).toBeUndefined();
});

test.each([
  ['with another header', 'bin,bank\n550001,B001\n', 'PREFIX_FILE_HEADER at csv.line.1'],
  ['without rows', head, 'PREFIX_FILE_EMPTY at csv'],
  ['with a broken quote', `${head}"550001,B001,\n`, 'PREFIX_FILE_MALFORMED at csv.line.2'],
])('a file %s is refused', async (_, csv, refusal) => {
  expect(refusalsOf(await bring(csv))).toEqual([refusal]);
});

test('a byte order mark and Windows line ends are read', async () => {
  expect(succeeded(await bring(`\ufeff${prefixFile.replaceAll('\n', '\r\n')}`))).toMatchObject({ added: 0, unchanged: 4 });
});

test.each([['an officer', callers.officer], ['an auditor', callers.policeAuditor], ['a system administrator', callers.systemAdministrator]])('%s may not import', async (_, caller) => {
  expect(refusalsOf(await bring(prefixFile, { caller }))).toEqual(['NOT_ALLOWED']);
});

test('a leader may', async () => {
  succeeded(await bring(prefixFile, { caller: callers.leader }));
});
