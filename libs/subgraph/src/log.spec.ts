import { openLog, withoutSearching } from './log';

function aLog() {
  const lines: Record<string, unknown>[] = [];
  const log = openLog({ app: 'spec', to: { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) } });
  return { log, lines };
}

test('a log line withholds what should never have been in it', () => {
  const { log, lines } = aLog();

  log.info({ event: 'spec.told', requestId: 'r', authorization: 'Bearer a', given: { phone: 'a' } });

  expect(lines).toEqual([expect.objectContaining({ app: 'spec', level: 'info', event: 'spec.told', requestId: 'r', authorization: '[withheld]', given: { phone: '[withheld]' } })]);
});

test('lines of fixed fields go to the same log, and the log itself goes on withholding', () => {
  const { log, lines } = aLog();

  withoutSearching(log).info({ event: 'request.answered', status: 200 });
  log.info({ event: 'spec.told', token: 'a' });

  expect(lines).toEqual([expect.objectContaining({ app: 'spec', event: 'request.answered', status: 200 }), expect.objectContaining({ event: 'spec.told', token: '[withheld]' })]);
});
