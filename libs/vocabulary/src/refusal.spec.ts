import { appealRefusals } from './refusals/appeal';
import { fraudCaseRefusals } from './refusals/fraud-case';
import { generalRefusals } from './refusals/general';
import { stopPaymentOrderRefusals } from './refusals/stop-payment-order';
import { stopPaymentRequestRefusals } from './refusals/stop-payment-request';
import { valueRefusals } from './refusals/value';
import { Refused, isRefusal, isRefused, refusals, refuse, sentence, warn, type Sentences } from './refusal';

const rows: [string, Sentences][] = Object.entries(refusals);
const parametersOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

describe('every refusal', () => {
  it.each(rows)('%s has a sentence in Chinese and one in English', (_, { zh, en }) => {
    expect(zh).toMatch(/\p{Script=Han}.*[。：}]$/u);
    expect(en).toMatch(/^[A-Z{].*[.:!)}]$/);
  });

  it.each(rows)('%s has the same parameters in both languages; a word is given in each, as in {kindZh} and {kindEn}', (_, { zh, en }) => {
    expect(parametersOf(zh).filter((name) => name.endsWith('En'))).toEqual([]);
    expect(new Set(parametersOf(en))).toEqual(new Set(parametersOf(zh).map((name) => name.replace(/Zh$/, 'En'))));
  });

  it('stands in one group only: no file of refusals/ overwrites another', () => {
    const groups = [generalRefusals, valueRefusals, fraudCaseRefusals, stopPaymentRequestRefusals, stopPaymentOrderRefusals, appealRefusals];
    const codes = groups.flatMap((group) => Object.keys(group));

    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    expect(new Set(Object.keys(refusals))).toEqual(new Set(codes));
  });

  it('never speaks of a person: no parameter is named after personal data', () => {
    const forbidden = /personName|accountNumber|idNumber|address|holder|victim|suspect/i;
    const suspects = rows.flatMap(([code, { zh }]) => parametersOf(zh).filter((name) => forbidden.test(name)).map((name) => `${code}.${name}`));
    expect(suspects).toEqual([]);
  });
});

describe('a refusal', () => {
  it('fills its sentence with its parameters and leaves a missing one visible', () => {
    expect(sentence(refuse('PHONE_WRONG_LENGTH', { parameters: { found: '12' } }), 'en')).toContain('12 were found');
    expect(sentence(refuse('PHONE_WRONG_LENGTH'), 'zh')).toContain('{found}');
  });

  it('is told from a value by its shape', () => {
    expect(isRefusal(refuse('NOT_FOUND'))).toBe(true);
    const others = [null, undefined, 'text', new Date(), { code: '110105', level: 'COUNTY' }, warn('REGION_UNKNOWN', 'region')];
    expect(others.filter(isRefusal)).toEqual([]);
  });

  it('makes a refused outcome, which holds at least one', () => {
    const outcome = Refused.because('NOT_FOUND', { path: 'id', law: 'DL-02' });

    expect(isRefused(outcome)).toBe(true);
    expect(isRefused({ refusals: outcome.refusals })).toBe(false);
    expect(outcome.refusals).toEqual([{ code: 'NOT_FOUND', path: 'id', law: 'DL-02', parameters: {} }]);
    expect(() => new Refused([])).toThrow('at least one');
  });
});
