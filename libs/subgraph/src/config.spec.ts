import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { clockOffset, developmentDefault, parseConfig, port } from './config';

const shape = {
  PORT: port.default(4001),
  DATABASE_URL: developmentDefault(z.url(), 'postgres://demo@127.0.0.1:4543/demo'),
  SEALING_KEY: z.string().min(8).default('made-at-the-start'),
  CLOCK_OFFSET: clockOffset,
  FOLDER: z.string(),
};

describe('the configuration', () => {
  it('takes development defaults in development', () => {
    expect(parseConfig(shape, { FOLDER: '/data', PORT: '0', CLOCK_OFFSET: '-50h' })).toEqual({
      PORT: 0,
      DATABASE_URL: 'postgres://demo@127.0.0.1:4543/demo',
      SEALING_KEY: 'made-at-the-start',
      CLOCK_OFFSET: -180_000_000,
      FOLDER: '/data',
    });
  });

  it('names everything that is missing or wrong at once, and repeats no value', () => {
    const read = (): unknown => parseConfig(shape, { PORT: '70000', DATABASE_URL: 'secret-word', CLOCK_OFFSET: 'tomorrow' });

    expect(read).toThrow(/PORT: .*\n {2}DATABASE_URL: .*\n {2}CLOCK_OFFSET: expected a number and d, h, m or s.*\n {2}FOLDER: is missing/);
    expect(read).not.toThrow(/secret-word|tomorrow/);
  });

  it('refuses in production what is for development: defaults, a moved clock', () => {
    const read = (environment: Record<string, string>): unknown => parseConfig(shape, { NODE_ENV: 'production', FOLDER: '/data', ...environment });

    expect(() => read({})).toThrow(/DATABASE_URL is missing: its default is for development only/);
    expect(() => read({ DATABASE_URL: 'postgres://db/police', SEALING_KEY: 'a-real-secret', CLOCK_OFFSET: '1h' })).toThrow('CLOCK_OFFSET moves the clock');
    expect(() => read({ DATABASE_URL: 'postgres://db/police', SEALING_KEY: 'a-real-secret', CLOCK_OFFSET: '0' })).not.toThrow();
  });

  it.each(['FAILPOINT', 'FAILPOINT_SWITCH'])('refuses in production what makes the process fail: %s', (name) => {
    const environment = { NODE_ENV: 'production', FOLDER: '/data', DATABASE_URL: 'postgres://db/police', SEALING_KEY: 'a-real-secret' };

    expect(() => parseConfig(shape, environment)).not.toThrow();
    expect(() => parseConfig(shape, { ...environment, [name]: 'core.hold.before-call:kill' })).toThrow(`${name} makes the process fail, which production refuses`);
  });

  it('takes a secret from the file that a variable names, and never repeats it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lianfang-config-'));
    const file = join(folder, 'key');
    writeFileSync(file, 'a-real-secret\n');

    expect(parseConfig(shape, { FOLDER: '/data', SEALING_KEY_FILE: file }).SEALING_KEY).toBe('a-real-secret');
    expect(() => parseConfig(shape, { FOLDER: '/data', SEALING_KEY: 'a-real-secret', SEALING_KEY_FILE: file })).toThrow('SEALING_KEY and SEALING_KEY_FILE are both set: keep one');
    rmSync(folder, { recursive: true });
    expect(() => parseConfig(shape, { FOLDER: '/data', SEALING_KEY_FILE: file })).toThrow('SEALING_KEY_FILE names a file that cannot be read');
  });
});
