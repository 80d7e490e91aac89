import { z } from 'zod';
import { parseConfig } from './config';
import { tellStart } from './run-app';

describe('an app that cannot start', () => {
  it('tells refused settings as one sentence with a line for each, and nothing of the program', () => {
    const told = catching(() => parseConfig({ DATABASE_URL: z.string(), FOLDER: z.string() }, {}));

    expect(told).toBe('The configuration cannot be used:\n  DATABASE_URL: is missing\n  FOLDER: is missing');
  });

  it('tells a fault of the program with its place', () => {
    const told = catching(() => {
      throw new Error('expected a schema, found none');
    });

    expect(told).toMatch(/^Error: expected a schema, found none\n +at .*run-app\.spec/);
  });
});

function catching(start: () => void): string {
  try {
    start();
  } catch (error) {
    return tellStart(error);
  }
  return 'started';
}
