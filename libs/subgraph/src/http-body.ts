import type { IncomingMessage } from 'node:http';
import { requestError } from './error-codes';

/** The essence of a content type, without its parameters, in lower case. */
const essence = (contentType: string | undefined): string => (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** Reads the JSON object of a POST. Refuses another content type or charset, more than `limit` bytes, broken JSON, and batches. */
export async function readJson(request: IncomingMessage, limit: number): Promise<Record<string, unknown>> {
  const contentType = request.headers['content-type'];
  const charset = /;\s*charset="?([\w-]+)"?/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (essence(contentType) !== 'application/json' || charset !== 'utf-8' || encoding !== 'identity') {
    throw requestError('UNSUPPORTED_MEDIA_TYPE', 'Send the request as application/json in UTF-8, uncompressed.');
  }
  const body = parse((await readBytes(request, limit)).toString('utf8'));
  if (Array.isArray(body)) throw requestError('BAD_REQUEST', 'Send one operation per request: batches are not accepted.');
  if (typeof body !== 'object' || body === null) throw requestError('BAD_REQUEST', 'The body must be a JSON object with `query`.');
  return body as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message repeats the body.
    throw requestError('BAD_REQUEST', 'The body is not valid JSON.');
  }
}

/** The whole body. Not `for await`: leaving that loop early destroys the socket, and the caller would never read why. */
function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  const refuse = (): void => {
    request.removeAllListeners('data').resume();
    reject(requestError('TOO_LARGE', `The body is larger than ${limit} bytes.`));
  };
  if (Number(request.headers['content-length'] ?? 0) > limit) refuse();
  else {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes > limit) refuse();
    });
  }
  request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
  // Every request closes; only one that is cut off before its end costs an error.
  request.once('close', () => request.readableEnded || reject(requestError('BAD_REQUEST', 'The connection closed before the body ended.')));
  return promise;
}
