import { chainLinkOf, chainLinks, contactModes, isChainCode, sourcePlatforms } from './chain';

describe('the chain', () => {
  it('has a parent for every code', () => {
    const orphans = Object.keys(chainLinks).filter((code) => code.includes('.') && !isChainCode(code.slice(0, code.lastIndexOf('.'))));
    expect(orphans).toEqual([]);
  });

  it('has four links', () => {
    expect([...new Set(Object.keys(chainLinks).filter(isChainCode).map(chainLinkOf))]).toEqual(['L1', 'L2', 'L3', 'L4']);
  });

  it('has eleven source platforms and three contact modes', () => {
    expect([Object.keys(sourcePlatforms).length, Object.keys(contactModes).length]).toEqual([11, 3]);
  });

  it('gives every code its own name in both languages', () => {
    for (const table of [chainLinks, sourcePlatforms, contactModes]) {
      const names = Object.values(table);
      expect(new Set(names.map(({ zh }) => zh)).size).toBe(names.length);
      expect(new Set(names.map(({ en }) => en)).size).toBe(names.length);
    }
  });
});
