import { agencies, stoppablePayeeKinds } from '@lianfang/vocabulary';
import { z } from 'zod';

const instant = z.iso.datetime({ precision: 3 });
const text = z.string().min(1).max(200);
const names = z.strictObject({ zh: text, en: text });

const publicKey = z.strictObject({
  /** Named in the header of every signature and encryption. */
  kid: z.string().min(1).max(100),
  agency: z.enum(agencies),
  /** The institution that holds this key itself; null for the agency's own key. */
  institution: text.nullable(),
  use: z.enum(['sig', 'enc']),
  /** Ed25519 to sign, X25519 to encrypt (RFC 8037). */
  jwk: z.strictObject({ kty: z.literal('OKP'), crv: z.enum(['Ed25519', 'X25519']), x: z.string() }),
  validFrom: instant,
  validUntil: instant,
  /** Nothing made from this instant on is accepted; what was made before stays proven. */
  revokedAt: instant.nullable(),
});

/** What an institution's core system can do (practice C): an asker says it before it orders. */
const coreCapabilities = z.strictObject({
  /** Can make an account receive-only (只收不付). */
  wholeAccount: z.boolean(),
  /** Can keep an amount and let the rest move (限额). */
  limitedAmount: z.boolean(),
  /** Kinds of payee whose account it finds by number (practice A8). */
  payeeKinds: z.array(z.enum(stoppablePayeeKinds)),
});

const institution = z.strictObject({
  code: text,
  name: names,
  kind: z.enum(['BANK', 'PAYMENT_INSTITUTION']),
  agency: z.enum(agencies),
  /** Left out where the institution has not said it: then nothing is known, and nothing is warned of. */
  capabilities: coreCapabilities.optional(),
});

/** What a deployment's directory says; `directory.json` is this and a signature over its canonical form (RFC 8785). */
export const directoryContent = z.strictObject({
  /** Grows with every edition; an older edition than the known one is refused. */
  version: z.int().min(1),
  deployment: text,
  issuedAt: instant,
  institutions: z.array(institution),
  units: z.array(z.strictObject({ code: z.string().regex(/^\d{12}$/), name: text, region: z.string().regex(/^\d{6}$/), dutyPhone: text })),
  /** Where each agency's exchange listens, as in `http://127.0.0.1:4102`. */
  exchanges: z.array(z.strictObject({ agency: z.enum(agencies), address: z.url() })),
  keys: z.array(publicKey),
});

/** The signed file: the content in the clear and a detached JWS over its canonical form. */
export const directoryFile = z.strictObject({ directory: directoryContent, signature: z.string() });

/** What a deployment's directory says. */
export type DirectoryContent = Readonly<z.infer<typeof directoryContent>>;

/** A bank or payment institution, as in `{ code: 'B001', kind: 'BANK' }`. */
export type Institution = DirectoryContent['institutions'][number];

/** A police unit with its 24-hour duty phone. */
export type Unit = DirectoryContent['units'][number];
