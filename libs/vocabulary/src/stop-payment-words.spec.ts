import { notExecutedReasons } from './messages/stop-payment';
import { notExecutedReasonWords, orderChannelWords, releaseReasonWords } from './stop-payment-words';

it('every reason not to execute has words, in the order of the contract', () => {
  expect(Object.keys(notExecutedReasonWords)).toEqual([...notExecutedReasons]);
});

it('no two reasons or channels have the same words', () => {
  for (const table of [notExecutedReasonWords, orderChannelWords, releaseReasonWords]) {
    const words = Object.values(table).flatMap(({ zh, en }) => [zh, en]);
    expect(new Set(words).size).toBe(words.length);
  }
});
