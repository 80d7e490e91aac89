import { createHmac } from 'node:crypto';

/** Seconds for which a code is good, as the realm says. */
const PERIOD = 30;

/** The six digits that an authenticator app would show at that time (RFC 6238, HMAC-SHA-1), in milliseconds since 1970. */
export function oneTimeCode(secret: string, now: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 1000 / PERIOD)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
