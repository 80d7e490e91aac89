import fc from 'fast-check';
import { nextInLine, type Waiting } from './next-in-line';

const message = (subject: string, urgent: boolean, number = 0): Waiting & { number: number } => ({ subject, urgent, bytes: 10, number });
const everything = { messages: 1_000, bytes: 1_000_000 };
const backlog = fc
  .array(fc.record({ subject: fc.constantFrom('a', 'b', 'c', 'd'), urgent: fc.boolean(), bytes: fc.integer({ min: 1, max: 50 }) }), { maxLength: 60 })
  .map((messages) => messages.map((waiting, number) => ({ ...waiting, number })));

describe('the next messages in line', () => {
  it('lets an urgent order pass what is not urgent', () => {
    const line = nextInLine([message('released', false), message('ordered', true)], everything);

    expect(line.map(({ subject }) => subject)).toEqual(['ordered', 'released']);
  });

  it('takes along what was posted earlier about the same order', () => {
    const line = nextInLine([message('other', false, 1), message('hold', false, 2), message('hold', true, 3)], everything);

    expect(line.map(({ number }) => number)).toEqual([2, 3, 1]);
  });

  it('never changes the order within a subject, whatever is urgent', () => {
    fc.assert(
      fc.property(backlog, fc.integer({ min: 1, max: 70 }), (waiting, messages) => {
        const line = nextInLine(waiting, { messages, bytes: 400 });
        for (const subject of ['a', 'b', 'c', 'd']) {
          const posted = waiting.filter((one) => one.subject === subject).map(({ number }) => number);
          const leaving = line.filter((one) => one.subject === subject).map(({ number }) => number);
          expect(leaving).toEqual(posted.slice(0, leaving.length));
        }
      }),
    );
  });

  it('sends no message that is not urgent while an urgent one waits, unless the urgent one is about the same order', () => {
    fc.assert(
      fc.property(backlog, (waiting) => {
        const line = nextInLine(waiting, everything);
        line.forEach((early, place) => {
          const later = line.slice(place).filter(({ urgent }) => urgent);
          if (!early.urgent && later.length > 0) expect(later.some(({ subject }) => subject === early.subject)).toBe(true);
        });
      }),
    );
  });

  it('fills the room, exceeds it with nothing but a single first message, and loses nobody over several rounds', () => {
    fc.assert(
      fc.property(backlog, (waiting) => {
        let rest = waiting;
        const left: number[] = [];
        while (rest.length > 0) {
          const line = nextInLine(rest, { messages: 7, bytes: 60 });
          expect(line.length).toBeGreaterThan(0);
          expect(line.length).toBeLessThanOrEqual(7);
          if (line.length > 1) expect(line.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(60);
          left.push(...line.map(({ number }) => number));
          rest = rest.filter(({ number }) => !left.includes(number));
        }
        expect([...left].sort((one, other) => one - other)).toEqual(waiting.map(({ number }) => number));
      }),
    );
  });
});
