import fc from 'fast-check';
import type { Side } from './caller';
import { actionsIn, lifecycle, nextState, type Step } from './lifecycle';

const parcel = lifecycle('parcel', {
  POST: { from: [], to: 'POSTED', by: 'police' },
  CARRY: { from: ['POSTED'], to: 'CARRIED', by: 'bank' },
  REDIRECT: { from: ['POSTED', 'CARRIED'], to: 'POSTED', by: 'police' },
  DELIVER: { from: ['CARRIED'], to: 'DELIVERED', by: 'bank' },
});

describe('a lifecycle', () => {
  it('leads from state to state as its table says, and nowhere else', () => {
    expect(nextState(parcel, 'POST', null)).toBe('POSTED');
    expect(nextState(parcel, 'CARRY', 'POSTED')).toBe('CARRIED');
    expect(nextState(parcel, 'CARRY', null)).toBeUndefined();
    expect(nextState(parcel, 'POST', 'POSTED')).toBeUndefined();
    expect(nextState(parcel, 'DELIVER', 'POSTED')).toBeUndefined();
  });

  it('tells the actions of a state in the order of the table; none in an end state', () => {
    expect(actionsIn(parcel, 'POSTED')).toEqual(['CARRY', 'REDIRECT']);
    expect(actionsIn(parcel, 'DELIVERED')).toEqual([]);
  });

  it('names every state once', () => {
    expect(parcel.states).toEqual(['POSTED', 'CARRIED', 'DELIVERED']);
  });

  it('needs an action that brings the thing into being', () => {
    expect(() => lifecycle('parcel', { CARRY: { from: ['CARRIED'], to: 'CARRIED', by: 'bank' } })).toThrow('no action has an empty "from"');
  });

  it('is refused at start when a state is misspelt', () => {
    const table = { POST: { from: [], to: 'POSTED', by: 'police' }, CARRY: { from: ['POSTD'], to: 'CARRIED', by: 'bank' } } as const;
    expect(() => lifecycle('parcel', table)).toThrow('POSTD is left but never reached');
  });
});

describe('any table of steps', () => {
  const states = ['A', 'B', 'C', 'D', 'E'];
  const step: fc.Arbitrary<Step<string>> = fc.record({ from: fc.subarray(states), to: fc.constantFrom(...states), by: fc.constant<Side>('police') });
  const table = fc.dictionary(fc.constantFrom('P', 'Q', 'R', 'S', 'T', 'U'), step, { minKeys: 1 });

  it('either makes a lifecycle that never leaves a state which nothing reaches, or is refused', () => {
    fc.assert(
      fc.property(table, (steps) => {
        const rows = Object.values(steps);
        const reached = new Set(rows.map(({ to }) => to));
        const isSound = rows.some(({ from }) => from.length === 0) && rows.flatMap(({ from }) => from).every((state) => reached.has(state));
        if (!isSound) return void expect(() => lifecycle('thing', steps)).toThrow('lifecycle thing');

        const made = lifecycle('thing', steps);
        expect(new Set(made.states)).toEqual(reached);
        for (const state of made.states) for (const action of actionsIn(made, state)) expect(made.states).toContain(nextState(made, action, state));
      }),
      { numRuns: 500 },
    );
  });
});
