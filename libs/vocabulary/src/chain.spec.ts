import { chainLinkOf, chainLinks, contactModes, sourcePlatforms, type ChainCode } from './chain';

const codes = Object.keys(chainLinks) as ChainCode[];

describe('the chain', () => {
  it('has a parent for every code', () => {
    const orphans = codes.filter((code) => code.includes('.') && !Object.hasOwn(chainLinks, code.slice(0, code.lastIndexOf('.'))));
    expect(orphans).toEqual([]);
  });

  it('has four links', () => {
    expect([...new Set(codes.map(chainLinkOf))]).toEqual(['L1', 'L2', 'L3', 'L4']);
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
