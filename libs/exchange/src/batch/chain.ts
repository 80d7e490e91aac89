import { createHash } from 'node:crypto';
import type { Agency } from '@lianfang/vocabulary';

/** A link of the chain between two agencies: SHA-256, 32 bytes. */
export type ChainHash = Buffer;

/** Where the chain of messages from one agency to another begins; the text keeps it apart from every other hash of the system. */
export const chainStart = (from: Agency, to: Agency): ChainHash => createHash('sha256').update(`lianfang exchange chain v1\n${from}\n${to}`).digest();

/** The hash by which receipts and the chain know a message: SHA-256 of its JWS. */
export const messageHash = (jws: string): Buffer => createHash('sha256').update(jws).digest();

/** The chain after one more message: SHA-256(previous ‖ SHA-256(jws)). */
export const extendChain = (previous: ChainHash, jws: string): ChainHash => createHash('sha256').update(previous).update(messageHash(jws)).digest();

/** The chain after a run of messages. */
export const chainAfter = (previous: ChainHash, messages: readonly string[]): ChainHash => messages.reduce(extendChain, previous);
