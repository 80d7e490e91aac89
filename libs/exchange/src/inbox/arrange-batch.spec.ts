import { afterFailure } from './after-failure';
import { arrangeBatch, type Arrival } from './arrange-batch';
import { continuesChain, isRepeat } from './judge-batch';

const arrival = (over: Partial<Arrival> = {}): Arrival => ({ messageId: null, subject: 'order', urgent: false, parking: null, ...over });

describe('a batch at the door', () => {
  const end = { expectedSeq: 4, headHash: 'h3' };
  const batch = { firstSeq: 4, prevHash: 'h3', batchHash: 'b' };

  it('is stored only when both its number and its past continue the chain', () => {
    expect([continuesChain(batch, end), continuesChain({ ...batch, firstSeq: 5 }, end), continuesChain({ ...batch, prevHash: 'other' }, end)]).toEqual([true, false, false]);
  });

  it('is a repeat only when it is the very batch that was receipted', () => {
    expect([isRepeat(batch, { batchHash: 'b' }), isRepeat(batch, { batchHash: 'c' }), isRepeat(batch, undefined)]).toEqual([true, false, false]);
  });
});

describe('the messages of a batch', () => {
  it('are kept once for handling when an id came before, in another batch or in this one', () => {
    const kept = arrangeBatch(['known', 'new', 'new'].map((messageId) => arrival({ messageId })), new Set(['known']));

    expect(kept.map(({ repeatsId }) => repeatsId)).toEqual([true, false, true]);
  });

  it('are parked for their reason, but not when they only repeat', () => {
    const kept = arrangeBatch([arrival({ messageId: 'a', parking: 'UNKNOWN_TYPE' }), arrival({ messageId: 'a', parking: 'UNKNOWN_TYPE' }), arrival({ parking: 'UNREADABLE' })], new Set());

    expect(kept.map(({ parking }) => parking)).toEqual(['UNKNOWN_TYPE', null, 'UNREADABLE']);
  });

  it('are urgent up to the last urgent one of their subject, so that none is handled before what it follows', () => {
    const kept = arrangeBatch([arrival(), arrival({ subject: 'other' }), arrival({ urgent: true }), arrival()], new Set());

    expect(kept.map(({ urgent }) => urgent)).toEqual([true, false, true, false]);
  });
});

describe('a message that was not handled', () => {
  const settings = { limit: 3, chance: 0.5 };

  it('is tried again after growing pauses and parked at last', () => {
    expect([0, 1, 2].map((attempts) => afterFailure({ attempts, reason: null }, settings))).toEqual([
      { attempts: 1, pause: 200, parking: null },
      { attempts: 2, pause: 500, parking: null },
      { attempts: 3, pause: 1_000, parking: 'HANDLER_FAILED' },
    ]);
  });

  it('is parked at once when it may not be handled', () => {
    expect(afterFailure({ attempts: 0, reason: 'NO_HANDLER' }, settings)).toMatchObject({ attempts: 1, parking: 'NO_HANDLER' });
  });
});
