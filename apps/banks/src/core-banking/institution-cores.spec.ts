import { accountKinds } from './core-banking';
import type { Ledger } from './ledger';
import { demoInstitutionCores, institutionCoreSettings, openInstitutionCores } from './institution-cores';

// Opening calls nothing: neither database nor clock is touched.
const ledger = { database: { keyring: undefined } } as unknown as Ledger;
const open = (settings: unknown) => openInstitutionCores(institutionCoreSettings.parse(settings), ledger);
const http = { core: 'HTTP', url: 'https://core.example/lianfang', token: 'a-token-of-some-length' };

describe('the core systems of the institutions', () => {
  it('are built in for the demo, and its payment institution can hold only whole accounts', () => {
    const coreOf = open(demoInstitutionCores);

    expect(coreOf('B001')?.capabilities).toEqual({ wholeAccount: true, limitedAmount: true, payeeKinds: accountKinds, currencies: ['CNY'] });
    expect(coreOf('P001')?.capabilities).toEqual({ wholeAccount: true, limitedAmount: false, payeeKinds: ['PAYMENT_ACCOUNT', 'MERCHANT'], currencies: ['CNY'] });
  });

  it('are reached over HTTP where the institution has its own', () => {
    expect(open({ B009: http })('B009')).toMatchObject({ institution: 'B009', capabilities: { wholeAccount: true } });
  });

  it('are nothing for an institution that is not configured', () => {
    expect(open(demoInstitutionCores)('B009')).toBeUndefined();
  });

  it.each([
    ['plain http to another machine', { ...http, url: 'http://core.example/' }, /expected https/],
    ['a token that is too short', { ...http, token: 'short' }, /at least 16/],
    ['a core that can hold nothing', { core: 'BUILT_IN', capabilities: { wholeAccount: false, limitedAmount: false } }, /cannot be connected/],
    ['an unknown kind of core', { core: 'FILE' }, /core/],
    ['a misspelt setting', { ...http, timeout: 5 }, /timeout/],
  ])('refuse %s', (_, setting, sentence) => {
    expect(() => open({ B009: setting })).toThrow(sentence);
  });

  it('may be reached over plain http on this machine', () => {
    expect(open({ B009: { ...http, url: 'http://127.0.0.1:8080/core' } })('B009')).toBeDefined();
  });
});
