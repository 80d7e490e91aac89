import { sentence } from '@lianfang/vocabulary';
import { findsThePayee, holdsTheExtent, warnOfCore } from './core-capability.rules';

const all = { wholeAccount: true, limitedAmount: true, payeeKinds: ['BANK_CARD'] as const };
const able = (over: Partial<{ wholeAccount: boolean; limitedAmount: boolean }> = {}) => ({ code: 'P001', capabilities: { ...all, payeeKinds: [...all.payeeKinds], ...over } });
const wholeCard = { payeeKind: 'BANK_CARD', holdFen: null } as const;
const partOfCard = { payeeKind: 'BANK_CARD', holdFen: 100n } as const;

describe('what a core system can do', () => {
  it('is not warned of when it can, or when the institution has not said it', () => {
    expect(warnOfCore(wholeCard, able())).toEqual([]);
    expect(warnOfCore(partOfCard, able())).toEqual([]);
    expect(warnOfCore({ payeeKind: 'MERCHANT', holdFen: 100n }, { code: 'P001' })).toEqual([]);
    expect(warnOfCore(wholeCard, undefined)).toEqual([]);
  });

  it('is the whole account only, or an amount only: the warning says which', () => {
    expect(holdsTheExtent({ draft: partOfCard, institution: able({ limitedAmount: false }) })).toMatchObject({ code: 'CORE_CANNOT', path: 'amount' });
    expect(holdsTheExtent({ draft: wholeCard, institution: able({ limitedAmount: false }) })).toBeUndefined();
    expect(holdsTheExtent({ draft: wholeCard, institution: able({ wholeAccount: false }) })).toMatchObject({ code: 'CORE_CANNOT', path: 'wholeAccount' });
    expect(holdsTheExtent({ draft: partOfCard, institution: able({ wholeAccount: false }) })).toBeUndefined();
  });

  it('is to find an account by a kind of payee, and the sentence names the kind', () => {
    const warning = findsThePayee({ draft: { payeeKind: 'MERCHANT', holdFen: null }, institution: able() });

    expect(warning && sentence(warning, 'en')).toBe('The core system of P001 cannot find an account by its merchant and will likely answer NOT_SUPPORTED; change the request, or call the institution first.');
    expect(warning && sentence(warning, 'zh')).toContain('不能按“商户”查找账户');
  });

  it('may lack both at once', () => {
    expect(warnOfCore({ payeeKind: 'MERCHANT', holdFen: 1n }, able({ limitedAmount: false })).map(({ path }) => path)).toEqual(['payeeKind', 'amount']);
  });
});
