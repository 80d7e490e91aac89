import type { Agency } from '@lianfang/vocabulary';
import { z } from 'zod';
import { NotAuthentic, readJson, signCompact, verifyCompact, type Signer } from '../signature';
import type { Directory, DirectoryKey } from '../directory/directory';

/** A message between agencies: CloudEvents 1.0 in JSON, with the attributes that we use and no others. */
const envelope = z.strictObject({
  specversion: z.literal('1.0'),
  /** UUIDv7, minted by the sender; the receiver handles it once. */
  id: z.uuidv7(),
  source: z.string().max(100),
  type: z.string().min(1).max(100),
  /** The id of the order; order within one subject is kept. */
  subject: z.string().min(1).max(100),
  time: z.iso.datetime({ precision: 3 }),
  datacontenttype: z.literal('application/json'),
  data: z.unknown(),
});

/** A message between agencies, as it is signed. */
export type Envelope = Readonly<z.infer<typeof envelope>>;

/** A verified message: `envelope` is null when the partner signed something that is no envelope of ours (it is parked, not lost). */
export interface OpenedMessage {
  readonly jws: string;
  readonly key: DirectoryKey;
  readonly envelope: Envelope | null;
}

/** The `source` of an agency's messages, as in `urn:lianfang:police`. */
export const sourceOf = (agency: Agency): string => `urn:lianfang:${agency}`;

/** Puts data into an envelope. */
export function makeEnvelope(from: Agency, message: { id: string; type: string; subject: string; time: Date; data: unknown }): Envelope {
  const { id, type, subject, time, data } = message;
  return { specversion: '1.0', id, source: sourceOf(from), type, subject, time: time.toISOString(), datacontenttype: 'application/json', data };
}

/** Signs an envelope as a JWS in compact form. */
export const signEnvelope = (signer: Signer, content: Envelope): Promise<string> => signCompact(signer, 'lianfang-message', JSON.stringify(content));

/** Verifies one message from `from`. Throws `NotAuthentic` when it is not theirs; what is theirs but unreadable comes back without an envelope. */
export async function openMessage(jws: string, { from, directory, at }: { from: Agency; directory: Directory; at: Date }): Promise<OpenedMessage> {
  const { payload, key } = await verifyCompact(jws, { kind: 'lianfang-message', directory, at });
  if (key.agency !== from) throw new NotAuthentic('WRONG_SENDER');
  return { jws, key, envelope: parse(payload, from) };
}

/** The envelope in a message that was verified before, or nothing when it holds none of ours. */
export const readEnvelope = (jws: string, from: Agency): Envelope | null => parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url'), from);

function parse(payload: Uint8Array, from: Agency): Envelope | null {
  const read = envelope.safeParse(readJson(payload));
  return read.success && read.data.source === sourceOf(from) ? read.data : null;
}
