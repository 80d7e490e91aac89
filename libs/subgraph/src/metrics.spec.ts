import { openMetrics } from './metrics';

const since = new Date('2026-05-01T12:00:00Z');
const now = (): Date => new Date('2026-05-01T12:01:30Z');

describe('the metrics of what waits', () => {
  it('tell how many wait and since when, by kind and partner, and forget what is done', async () => {
    const waiting = [{ what: 'has left, no receipt', partner: 'banks', count: 3, since }];
    const metrics = openMetrics({ app: 'police', waiting: async () => waiting, now });

    const text = await metrics.text();
    waiting.length = 0;
    const later = await metrics.text();

    expect(text).toContain('lianfang_waiting{what="has left, no receipt",partner="banks",app="police"} 3');
    expect(text).toContain('lianfang_waiting_oldest_seconds{what="has left, no receipt",partner="banks",app="police"} 90');
    expect(later).not.toContain('no receipt');
  });

  it('are empty when the database does not answer, and the others are told all the same', async () => {
    const metrics = openMetrics({ app: 'police', waiting: () => Promise.reject(new Error('no database')), now });

    const text = await metrics.text();

    expect(text).not.toMatch(/^lianfang_waiting\{/m);
    expect(text).toContain('lianfang_requests_in_flight');
  });
});
