import { newId } from '@lianfang/database';
import { callers } from '@lianfang/testing';
import type { Caller } from '@lianfang/vocabulary';
import { countOf, propose, requestsOf } from '../testing/bank-answers';
import { newHolder, NOON, openScene, placeCase, refusalsOf, succeeded, type Scene } from '../testing/stop-payment-scene';
import { readStopPaymentRows } from './read-stop-payment-rows.actions';
import type { StopPaymentRow } from './stop-payment-row.entity';

let scene: Scene;
let caseId: string;
beforeAll(async () => {
  scene = await openScene();
  caseId = (await placeCase(scene)).id;
});
beforeEach(() => scene.clock.set(NOON));
afterAll(() => scene?.close());

const read = (text: string, caller: Caller = callers.officer, id = caseId) => readStopPaymentRows(scene.by(caller), { caseId: id, text });
const rowsOf = async (text: string): Promise<readonly StopPaymentRow[]> => succeeded(await read(text)).rows;
const faultsOf = async (text: string): Promise<string[]> => (await rowsOf(text)).flatMap(({ refusals }) => refusals.map(({ code, path }) => `${code} at ${path ?? ''}`));
const TIME = '2026/5/6 11:30';

describe('rows pasted from a sheet', () => {
  it('are read by their titles, and proposed as one batch', async () => {
    const [one, other] = [newHolder('B001'), newHolder('P001')];
    const text = `序号\t收款账号\t收款户名\t开户行\t金额（元）\t转账时间\t备注\n1\t${one.account}\t${one.name}\t\t30000\t${TIME}\t首笔\n2\t${other.account}\t未知\tP001\t500.5\t2026年5月6日11时31分\t\n\t\t\t\t\t\t\n`;

    const table = succeeded(await read(text));

    expect(table.ignoredColumns).toEqual(['序号', '备注']);
    expect(table.rows).toMatchObject([
      { line: 2, refusals: [], institution: null, institutionFound: 'B001', payee: { kind: 'BANK_CARD', accountNumber: one.account, holderName: one.name, nameUnknown: false, amount: '30000', transferredAt: TIME } },
      { line: 3, refusals: [], institution: 'P001', payee: { kind: 'PAYMENT_ACCOUNT', holderName: null, nameUnknown: true } },
    ]);
    const batch = succeeded(await propose(scene, caseId, { items: table.rows.map(({ payee, institution }) => ({ payee, institution })) }));
    expect((await requestsOf(scene, batch)).map(({ factFen, institution }) => [factFen, institution])).toEqual([[3_000_000n, 'B001'], [50_050n, 'P001']]);
  });

  it('are read without a header in the usual order, from commas as from tabs, with full-width digits', async () => {
    const [one, other] = [newHolder(), newHolder('B002')];
    const wide = one.account.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

    const rows = await rowsOf(`${wide},${one.name},,３０００.００,"${TIME}"\r\n'${other.account},${other.name},B002,200,${TIME},2,对公账户\r\n`);

    expect(rows).toMatchObject([{ refusals: [], institutionFound: 'B001' }, { refusals: [], payee: { kind: 'CORPORATE_ACCOUNT', layer: 2, accountNumber: other.account } }]);
  });

  it.each([
    ['an amount in 万元', (account: string) => `${account},虚构名,,3万,${TIME}`, ['AMOUNT_WITH_UNIT at rows.1.amount']],
    ['an amount with a separator', (account: string) => `${account}\t虚构名\t\t30,000\t${TIME}`, ['AMOUNT_WITH_SEPARATOR at rows.1.amount']],
    ['a number that a sheet cut', () => `6.22E+18,虚构名,,300,${TIME}`, ['ACCOUNT_CUT_BY_SPREADSHEET at rows.1.accountNumber']],
    ['no name and no word that it is unknown', (account: string) => `${account},,,300,${TIME}`, ['NAME_OR_UNKNOWN at rows.1.holderName']],
    ['an institution of no list', (account: string) => `${account},虚构名,B9,300,${TIME}`, ['INSTITUTION_NOT_LISTED at rows.1.institution']],
    ['a payee that no order reaches', () => `交付现金,虚构名,,300,${TIME},,现金或黄金`, ['PAYEE_CANNOT_BE_STOPPED at rows.1.kind']],
    ['a layer that is none', (account: string) => `${account},虚构名,,300,${TIME},第二`, ['ACCOUNT_LEVEL_RANGE at rows.1.layer']],
    ['cells behind the last column', (account: string) => `${account},虚构名,,300,${TIME},1,银行卡,多,余`, ['ROW_TOO_MANY_CELLS at rows.1']],
    ['several faults at once', (account: string) => `${account},虚构名,,0,下午三点`, ['AMOUNT_ZERO at rows.1.amount', 'TIME_TWELVE_HOUR at rows.1.transferredAt']],
  ])('are refused with row and column for %s, and nothing typed is lost', async (_, line, expected) => {
    const text = line(newHolder().account);

    const [row] = await rowsOf(text);

    expect(row?.refusals.map(({ code, path }) => `${code} at ${path ?? ''}`)).toEqual(expected);
    expect(row?.cells.join('')).toBe(text.replaceAll(text.includes('\t') ? '\t' : ',', ''));
  });

  it('tell duplicates: the row of the same account, and a stop that is under way', async () => {
    const [holder, standing] = [newHolder(), newHolder()];
    succeeded(await propose(scene, caseId, { items: [{ payee: { kind: 'BANK_CARD', accountNumber: standing.account, nameUnknown: true, amount: '1', transferredAt: TIME } }] }));

    const [, second, third] = await rowsOf([holder, holder, standing].map(({ account, name }) => `${account},${name},,300,${TIME}`).join('\n'));

    expect(second?.refusals).toMatchObject([{ code: 'ACCOUNT_TWICE_IN_BATCH', path: 'rows.2', parameters: { position: '1' } }]);
    expect(third?.refusals).toMatchObject([{ code: 'STOP_UNDER_WAY', path: 'rows.3' }]);
  });

  it('leave nothing behind', async () => {
    const before = await countOf(scene, 'select count(*) from stop_payment_request');

    expect(await faultsOf(`${newHolder().account},虚构名,,300,${TIME}`)).toEqual([]);

    expect(await countOf(scene, 'select count(*) from stop_payment_request')).toBe(before);
  });
});

describe('a pasted table', () => {
  it.each<[string, string, string[]]>([
    ['nothing in it', ' \n\t\n', ['BATCH_EMPTY at text']],
    ['only a header', '账号,户名,金额,时间', ['BATCH_EMPTY at text']],
    ['a header without amounts and times', '账号\t户名\n1\t2', ['ROWS_COLUMN_MISSING at rows.1.amount', 'ROWS_COLUMN_MISSING at rows.1.transferredAt']],
    ['amounts in 万元', '账号,户名,金额（万元）,时间\n1,2,3,4', ['AMOUNT_WITH_UNIT at rows.1.amount']],
    ['two columns of accounts', '账号,卡号,户名,金额,时间\n1,2,3,4,5', ['ROWS_COLUMN_TWICE at rows.1.accountNumber']],
    ['a quote that never ends', '"1,2,3\n4,5,6', ['ROWS_MALFORMED at rows.2']],
    ['201 rows', '1\n'.repeat(201), ['BATCH_TOO_LONG at text']],
    ['more text than anybody pastes', '1'.repeat(100_001), ['VALUE_TOO_LONG at text']],
  ])('is refused whole with %s', async (_, text, expected) => {
    expect(refusalsOf(await read(text))).toEqual(expected);
  });

  it('is read only by who may propose in the case', async () => {
    expect(refusalsOf(await read('1', callers.leader))).toEqual(['NOT_ALLOWED']);
    expect(refusalsOf(await read('1', callers.officer, newId()))).toEqual(['NOT_FOUND at caseId']);
  });
});
