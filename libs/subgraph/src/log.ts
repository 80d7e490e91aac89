import { destination, pino, type DestinationStream, type Logger } from 'pino';

/** A logger of ours: one event name per line (`event`), ids and codes beside it, never identities, variables, tokens or texts that people typed. */
export type Log = Logger;

/** What never leaves as it is, should a line carry it by accident. */
const withheld = ['authorization', 'token', 'password', 'secret', 'variables', 'parameters', 'body', 'query', 'name', 'phone', 'idCard', 'accountNumber'];
const paths = withheld.flatMap((word) => [word, `*.${word}`, `*.*.${word}`]);

/** Standard output, written by the page or after a moment, whichever comes first: a write of its own for each line costs more than the line. */
const gathering = (): DestinationStream => destination({ dest: 1, sync: false, minLength: 4_096, periodicFlush: 200 });

/** The same log for lines whose fields are fixed in our code and hold no text of anybody: nothing has to be looked for and withheld. */
export const withoutSearching = (log: Log): Log => log.child({}, { redact: [] });

/** Opens the log of one process. `app` stands in every line; times are UTC. */
export function openLog({ app, level = 'info', to = gathering() }: { app: string; level?: string; to?: DestinationStream }): Log {
  return pino(
    {
      level,
      base: { app, pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths, censor: '[withheld]' },
      messageKey: 'event',
    },
    to,
  );
}
