import { GraphQLError } from 'graphql';
import { errorFormatter, tellable, withoutValues } from './format-error';
import { openLog } from './log';

const lines: string[] = [];
const log = openLog({ app: 'spec', to: { write: (line) => void lines.push(line) } });
const format = errorFormatter(log);

describe('an error in an answer', () => {
  it('keeps a code of the closed list and the details that may be shown, nothing else', () => {
    const error = format({ message: 'No.', extensions: { code: 'FORBIDDEN', path: 'a.b', stacktrace: ['at x'], query: 'select', http: { status: 500 } } }, undefined);

    expect(error).toEqual({ message: 'No.', extensions: { code: 'FORBIDDEN', path: 'a.b' } });
  });

  it.each(['SQLSTATE', undefined, 'INTERNAL_SERVER_ERROR', 'toString'])('with the code %p is INTERNAL with an incident that the log knows', (code) => {
    lines.length = 0;

    const error = format({ message: 'select 1', path: ['a'], extensions: { code } }, new GraphQLError('select 1', { originalError: new TypeError('x is undefined') }));

    expect(error).toMatchObject({ path: ['a'], extensions: { code: 'INTERNAL' } });
    expect(error.message).not.toContain('select');
    expect(lines[0]).toContain(String(error.extensions?.['incident']));
    expect(lines[0]).toContain('x is undefined');
  });

  it.each(['22021', '22P05'])('of a database that cannot keep a character (%s) is the caller\'s to mend', (code) => {
    const originalError = Object.assign(new Error('invalid byte sequence'), { name: 'QueryFailedError', code, query: 'select' });

    const error = format({ message: 'invalid byte sequence', path: ['a'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }, new GraphQLError('x', { originalError }));

    expect(error).toEqual({ message: expect.stringContaining('delete it and send it again'), path: ['a'], extensions: { code: 'BAD_USER_INPUT' } });
  });

  it.each([
    ['Variable "$input" got invalid value { idCard: "1101" } at "input.idCard"; Expected type "String" to be text.', /1101/],
    ['Variable "$n" got invalid value "6222"; Int cannot represent non-integer value: "6222"', /6222/],
    ['Variable "$s" got invalid value "ZHANG"; Value "ZHANG" does not exist in "Sex" enum.', /ZHANG/],
    ['Expected value of type "Int", found "13800000000".', /138/],
    ['String cannot represent a non string value: 13800000000', /138/],
  ])('does not repeat the value in %p', (message, value) => {
    expect(withoutValues(message)).not.toMatch(value);
    expect(withoutValues(message)).toMatch(/^(Variable "\$\w+"|Expected|String)/);
  });
});

describe('an error in the log', () => {
  it('has kind, SQL state, constraint and frames of a database error, never its message, statement or parameters', () => {
    const error = Object.assign(new Error('duplicate key (13800000000)'), { name: 'QueryFailedError', code: '23505', constraint: 'account_number_key', query: 'insert', parameters: ['13800000000'] });

    const told = tellable(error);

    expect(told).toMatchObject({ error: 'QueryFailedError', errorCode: '23505', constraint: 'account_number_key' });
    expect(JSON.stringify(told)).not.toMatch(/138|insert/);
  });

  it('has the reasons behind it', () => {
    expect(tellable(new Error('outer', { cause: new Error('inner') }))).toMatchObject({ reason: 'outer', cause: { reason: 'inner' } });
  });

  it('never holds a token, even when somebody hands one over', () => {
    lines.length = 0;

    log.info({ event: 'spec', authorization: 'Bearer abc', request: { authorization: 'Bearer abc', token: 'abc' } });

    expect(lines[0]).not.toContain('abc');
  });
});
