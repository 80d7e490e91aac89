import type { IncomingMessage } from 'node:http';

/** The largest body that is read, in bytes: the largest batch (2 MB of data) encoded three times has 4.8 MB. */
export const LARGEST_BODY = 8_000_000;

/** A body up to this size, in bytes, needs no share: ordinary batches pass while others wait for large ones. */
const SMALL_BODY = 256_000;

/** The large bodies that are read at the same time, all together, in bytes. */
const LARGE_BODIES = 32_000_000;

/** Why a body was not read, as the status line says it; `UNFINISHED` means that its sender went away or was too slow. */
export type Unread = 'LENGTH_REQUIRED' | 'TOO_LARGE' | 'BUSY' | 'UNFINISHED';

/** A body as text of single bytes (it is base64url), or why it was not read. */
export type Body = { readonly text: string } | { readonly unread: Unread };

/**
 * A reader that everybody who connects shares. Who posts is known only after the whole body was read, so nobody is given more memory than he has announced,
 * and all together get no more than what a process can spare: a body without length could grow for ever, and one in tiny parts costs a hundred times its size.
 */
export function bodyReader(): (request: IncomingMessage) => Promise<Body> {
  let shared = 0;
  return async (request) => {
    const bytes = Number(request.headers['content-length'] ?? Number.NaN);
    if (Number.isNaN(bytes)) return { unread: 'LENGTH_REQUIRED' };
    if (bytes > LARGEST_BODY) return { unread: 'TOO_LARGE' };
    const share = bytes > SMALL_BODY ? bytes : 0;
    if (shared + share > LARGE_BODIES) return { unread: 'BUSY' };
    shared += share;
    try {
      return { text: await read(request, bytes) };
    } catch {
      // The connection is gone, and with it whoever could be answered.
      return { unread: 'UNFINISHED' };
    } finally {
      shared -= share;
    }
  };
}

/** Node's parser lets through exactly the bytes that were announced. */
async function read(request: IncomingMessage, bytes: number): Promise<string> {
  const body = Buffer.allocUnsafe(bytes);
  let filled = 0;
  for await (const part of request as AsyncIterable<Buffer>) filled += part.copy(body, filled);
  return body.toString('latin1', 0, filled);
}
