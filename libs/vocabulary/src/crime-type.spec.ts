import type { ChainCode } from './chain';
import { crimeTypes, usualCrimeTypes, warnOfUnusualLead, type CrimeType } from './crime-type';
import { sentence } from './refusal';

describe('a crime type', () => {
  it('is one of fifteen', () => {
    expect(Object.keys(crimeTypes)).toHaveLength(15);
  });

  it('has the ten types of the ministry among them, each once', () => {
    const national = Object.values(crimeTypes).flatMap((type) => type.national ?? []);
    expect(new Set(national).size).toBe(10);
    expect(national).toHaveLength(10);
  });

  it('has its own name in both languages', () => {
    const names = Object.values(crimeTypes).flatMap(({ zh, en }) => [zh, en]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('is usual or not for a way of leading, as the matrix says for every pair', () => {
    const [leads, types] = [Object.keys(usualCrimeTypes) as ChainCode[], Object.keys(crimeTypes) as CrimeType[]] as const;
    const pairs = leads.flatMap((lead) => types.map((type) => [lead, type] as const));
    const warned = pairs.filter(([lead, type]) => warnOfUnusualLead(lead, type, 'lead'));

    expect(warned.map((pair) => pair.join(' '))).toEqual([
      ...['L1.01 T05', 'L1.01 T06', 'L1.01 T07', 'L1.01 T08', 'L1.01 T09'],
      ...['L1.02 T05', 'L1.02 T06', 'L1.02 T07', 'L1.02 T08', 'L1.02 T09'],
      ...['L1.03 T01', 'L1.03 T02', 'L1.03 T04', 'L1.03 T09'],
      ...['L1.04 T01', 'L1.04 T02', 'L1.04 T04', 'L1.04 T06', 'L1.04 T08', 'L1.04 T09'],
      ...['L1.05 T01', 'L1.05 T02', 'L1.05 T04', 'L1.05 T05', 'L1.05 T06', 'L1.05 T08', 'L1.05 T09'],
      ...['L1.06 T01', 'L1.06 T04', 'L1.06 T06', 'L1.06 T07', 'L1.06 T08'],
    ]);
  });

  it('is never doubted for codes and types that the matrix does not speak of', () => {
    expect(warnOfUnusualLead('L4.01', 'T01', 'lead')).toBeUndefined();
    expect(warnOfUnusualLead('L1.05', 'T10', 'lead')).toBeUndefined();
    expect(warnOfUnusualLead('L1', 'T01', 'lead')).toBeUndefined();
  });

  it('explains the doubt with both codes', () => {
    const warning = warnOfUnusualLead('L1.05', 'T01', 'lead');
    expect(warning && sentence(warning, 'zh')).toContain('L1.05 电子邮件引流');
    expect(warning && sentence(warning, 'en')).toContain('T01 impersonating police');
  });
});
