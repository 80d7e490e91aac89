import { gzipSync } from 'node:zlib';

/** A request that no client of ours sends: its body, headers of its own, and what answers it. */
export interface HostileBody {
  readonly what: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Status and code, or ANSWERED when it means nothing more than an ordinary question. */
  readonly answer: string;
}

const question = '{"query":"{ __typename }"}';

/** Bodies that try the parsers in front of the graph. */
export const hostileBodies = (): readonly HostileBody[] => [
  { what: 'no body at all', body: '', answer: '400 BAD_REQUEST' },
  { what: 'half a document', body: question.slice(0, -2), answer: '400 BAD_REQUEST' },
  { what: 'a byte order mark', body: `\ufeff${question}`, answer: '400 BAD_REQUEST' },
  { what: 'bytes that are no UTF-8', body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), answer: '400 BAD_REQUEST' },
  { what: 'a batch', body: `[${question},${question}]`, answer: '400 BAD_REQUEST' },
  { what: 'a number', body: '1e999', answer: '400 BAD_REQUEST' },
  { what: 'JSON that is 100,000 levels deep', body: `{"query":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, answer: '400 BAD_REQUEST' },
  { what: 'variables that are 100,000 levels deep', body: `{"query":"{ __typename }","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`, answer: 'ANSWERED' },
  { what: 'a number of 100,000 digits', body: `{"query":"{ __typename }","variables":{"a":${'9'.repeat(100_000)}}}`, answer: 'ANSWERED' },
  { what: 'the same key twice, of which the last is meant', body: '{"query":"{ nothing }","query":"{ __typename }"}', answer: 'ANSWERED' },
  { what: 'the same key twice, of which the last is wrong', body: '{"query":"{ __typename }","query":1}', answer: '400 BAD_REQUEST' },
  { what: '1 MB in one document', body: JSON.stringify({ query: `{ ${'__typename '.repeat(95_000)} }` }), answer: '400' },
  { what: 'more than 1 MB', body: JSON.stringify({ query: `{ __typename }${' '.repeat(1_100_000)}` }), answer: '413 TOO_LARGE' },
  { what: 'a compressed body that would unfold to 100 MB', body: new Uint8Array(gzipSync(Buffer.alloc(100_000_000, ' '))), headers: { 'content-encoding': 'gzip' }, answer: '415 UNSUPPORTED_MEDIA_TYPE' },
  { what: 'a form', body: 'query={__typename}', headers: { 'content-type': 'application/x-www-form-urlencoded' }, answer: '415 UNSUPPORTED_MEDIA_TYPE' },
  { what: 'JSON called text', body: question, headers: { 'content-type': 'text/plain' }, answer: '415 UNSUPPORTED_MEDIA_TYPE' },
  { what: 'another character set', body: question, headers: { 'content-type': 'application/json; charset=utf-16' }, answer: '415 UNSUPPORTED_MEDIA_TYPE' },
  { what: 'fragments that go round', body: JSON.stringify({ query: '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }' }), answer: '400' },
  { what: 'a directive a thousand times', body: JSON.stringify({ query: `{ __typename ${'@skip(if: false) '.repeat(600)} }` }), answer: '400' },
  { what: 'variables called as the prototype', body: '{"query":"{ __typename }","variables":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}', answer: 'ANSWERED' },
  { what: 'an argument called as the prototype', body: JSON.stringify({ query: '{ __typename(__proto__: 1) }' }), answer: '400' },
];

/** Sends one and tells what came: ANSWERED, or the status with the code, as far as `expected` says. The whole text is given too. */
export async function sendHostile(url: string, authorization: string, { body, headers, answer }: HostileBody): Promise<{ answer: string; text: string }> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', authorization, ...headers }, body });
  const text = await response.text();
  const { data, errors = [] } = JSON.parse(text) as { data?: object | null; errors?: { extensions: { code: string } }[] };
  if (data && errors.length === 0) return { answer: 'ANSWERED', text };
  return { answer: answer.includes(' ') ? `${response.status} ${errors[0]?.extensions.code}` : String(response.status), text };
}
