import { destination, pino, type DestinationStream, type Logger } from 'pino';

/** A logger of ours: one event name per line (`event`), ids and codes beside it, never identities, variables, tokens or texts that people typed. */
export type Log = Logger;

/** What never leaves as it is, should a line carry it by accident. */
const withheld = ['authorization', 'token', 'password', 'secret', 'variables', 'parameters', 'body', 'query', 'name', 'phone', 'idCard', 'accountNumber'];
const paths = withheld.flatMap((word) => [word, `*.${word}`, `*.*.${word}`]);

/** Opens the log of one process. `app` stands in every line; times are UTC. */
export function openLog({ app, level = 'info', to = destination({ dest: 1, sync: false }) }: { app: string; level?: string; to?: DestinationStream }): Log {
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
