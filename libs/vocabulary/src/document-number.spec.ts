import { parseDocumentNumber } from './document-number';

const code = (text: string, approvedIn?: number) => (parseDocumentNumber(text, 'document', approvedIn) as { code?: string }).code;

describe('a document number', () => {
  it('is organ, year, running number and 号', () => {
    expect(parseDocumentNumber('虚公（刑）止字〔2026〕12号', 'document')).toEqual({ text: '虚公（刑）止字〔2026〕12号', organ: '虚公（刑）止字', year: 2026, serial: 12 });
  });

  it('has one writing whatever the width, the spaces, 第 and leading zeros', () => {
    expect(parseDocumentNumber(' 虚公(刑)止字 〔２０２６〕 第0012 号', 'document')).toMatchObject({ text: '虚公（刑）止字〔2026〕12号' });
  });

  it.each(['虚公止字[2026]12号', '虚公止字(2026)12号', '虚公止字（2026）12号', '虚公止字【2026】12号', '虚公止字［2026］12号'])('keeps its year in 〔〕 only: %s', (text) => {
    expect(code(text)).toBe('DOCUMENT_NUMBER_BRACKETS');
  });

  it.each(['虚公止字〔2026〕12', '〔2026〕12号', '虚公止字〔26〕12号', '虚公止字〔2026〕0号', '虚公止字2026-12号', '12'])('lacks a part: %s', (text) => {
    expect(code(text)).toBe('DOCUMENT_NUMBER_FORM');
  });

  it('is of the year in which it was approved', () => {
    expect(code('虚公止字〔2025〕12号', 2026)).toBe('DOCUMENT_NUMBER_YEAR');
    expect(code('虚公止字〔2026〕12号', 2026)).toBeUndefined();
  });

  it('is required where it is asked for', () => {
    expect(code('')).toBe('VALUE_MISSING');
  });
});
