import { checkLedgers } from './invariants';
import { ClientLedger, type ClientOrder } from './ledgers/client-ledger';
import { CoreLedger, type CoreAccount, type CoreFact } from './ledgers/core-ledger';

const noon = new Date('2026-11-23T04:00:00Z');
const later = (minutes: number): Date => new Date(noon.getTime() + minutes * 60_000);
const account: CoreAccount = { ref: 'account-1', number: '1', holderName: 'nobody', fen: 100, paidAt: noon };

/** Ledgers with one order that was given, held, released and confirmed as it should be, changed by `over` and `facts`. */
function breachesOf(over: Partial<ClientOrder>, facts: readonly Pick<CoreFact, 'kind'>[] = [{ kind: 'HELD' }, { kind: 'RELEASED' }], isDecoy = false): string[] {
  const ledgers = { clients: new ClientLedger(), core: new CoreLedger() };
  const released = { releaseSubmittedAt: later(9), releaseAcknowledgedAt: later(10), seen: { police: 'RELEASED', bank: 'RELEASED' } };
  Object.assign(ledgers.clients.begin(account, isDecoy), { id: 'order', submittedAt: later(1), acknowledgedAt: later(2), ...released, ...over });
  facts.forEach(({ kind }, place) => ledgers.core.record({ at: later(5 + 5 * place), ref: account.ref, kind, instruction: 'order' }));
  return [...new Set(checkLedgers(ledgers).map(({ invariant }) => invariant))];
}

describe('the checker', () => {
  it('finds nothing where an order was held and released once', () => {
    expect(breachesOf({})).toEqual([]);
    expect(breachesOf({ releaseSubmittedAt: null, releaseAcknowledgedAt: null, seen: { police: 'STOPPED', bank: 'STOPPED' } }, [{ kind: 'HELD' }])).toEqual([]);
    expect(breachesOf({ seen: { police: 'NOT_EXECUTED', bank: 'NOT_EXECUTED' }, releaseSubmittedAt: null, releaseAcknowledgedAt: null }, [])).toEqual([]);
  });

  it('finds an acknowledged order that nobody executed or refused', () => {
    expect(breachesOf({ seen: { police: 'ORDERED', bank: null } }, [])).toContain('I1');
  });

  it('finds an order that was executed twice, and one that was released twice', () => {
    expect(breachesOf({}, [{ kind: 'HELD' }, { kind: 'HELD' }, { kind: 'RELEASED' }])).toEqual(['I2']);
    expect(breachesOf({}, [{ kind: 'HELD' }, { kind: 'RELEASED' }, { kind: 'RELEASED' }])).toEqual(['I2']);
  });

  it('finds an execution without an approval, before it, and after its hour', () => {
    expect(breachesOf({}, undefined, true)).toContain('I3');
    expect(breachesOf({ submittedAt: null })).toContain('I3');
    expect(breachesOf({ submittedAt: later(6) })).toContain('I3');
    expect(breachesOf({ submittedAt: later(-1441), acknowledgedAt: later(-1440) })).toContain('I3');
  });

  it('finds a release before its hold, a hold after its release, and a release that nobody ordered', () => {
    expect(breachesOf({}, [{ kind: 'RELEASED' }, { kind: 'HELD' }])).toContain('I4');
    expect(breachesOf({}, [{ kind: 'HELD' }, { kind: 'RELEASED' }, { kind: 'HELD' }])).toContain('I4');
    expect(breachesOf({ releaseSubmittedAt: null, releaseAcknowledgedAt: null })).toContain('I4');
  });

  it('finds two sides that do not agree, and two that agree on what did not happen', () => {
    expect(breachesOf({ seen: { police: 'RELEASED', bank: 'STOPPED' } })).toEqual(['I7']);
    expect(breachesOf({ seen: { police: 'STOPPED', bank: 'STOPPED' } })).toEqual(['I7']);
    expect(breachesOf({ seen: { police: 'NOT_EXECUTED', bank: 'NOT_EXECUTED' } }, [{ kind: 'HELD' }])).toContain('I7');
  });
});
