import { canonical } from '@lianfang/database';
import { agencies } from '@lianfang/vocabulary';
import { z } from 'zod';
import { auditKinds } from './audit-entry.entity';
import { ChainWalk, type KnownHead } from './chain-walk';
import type { FindKey } from './checkpoint';
import { MOST_FAULTS, type AuditFault, type AuditReport } from './fault';
import { leafOfText } from './leaf';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const number = z.string().regex(/^(?:0|[1-9]\d{0,17})$/);
const header = z.strictObject({ agency: z.string(), format: z.literal('lianfang-audit'), version: z.literal(1) });
const entry = z.strictObject({ chain: hash, entry: z.looseObject({
    id: z.uuid(),
    kind: z.enum(auditKinds),
    agency: z.enum(agencies),
    actorAgency: z.enum(agencies).optional(),
    actorInstitution: z.string().nullable(),
    institution: z.string().nullable(),
  }), seq: number });
const checkpoint = z.strictObject({
  checkpoint: z.strictObject({
    agency: z.string(),
    at: z.iso.datetime({ precision: 3 }),
    head: hash,
    kid: z.string(),
    previousSeq: number,
    seq: number,
    signature: z.string().regex(/^[0-9a-f]{128}$/),
  }),
});

/** What an exported file is verified by. */
export interface VerifyFileOptions {
  readonly findKey: FindKey;
  readonly known?: KnownHead;
}

/**
 * Verifies an exported trail from its bytes and the public key alone, without a database, in one pass and constant memory.
 * Every byte counts: each line must be exactly what the export writes for its content.
 */
export async function verifyAuditFile(bytes: AsyncIterable<Buffer>, { findKey, known }: VerifyFileOptions): Promise<AuditReport> {
  const reading = new FileReading(findKey, known);
  for await (const line of lines(bytes)) {
    reading.line(line);
    if (reading.faults.length > MOST_FAULTS) break;
  }
  return reading.report();
}

class FileReading {
  /** Faults of the file itself; those of the chain stand in the walk. */
  private readonly own: AuditFault[] = [];
  private agency = '';
  private walk: ChainWalk | undefined;
  private number = 0;
  /** Lines that may still come: after the checkpoint none. */
  private isEnded = false;

  constructor(
    private readonly findKey: FindKey,
    private readonly known?: KnownHead,
  ) {}

  get faults(): AuditFault[] {
    return [...(this.walk?.faults ?? []), ...this.own];
  }

  line(text: string | undefined): void {
    this.number += 1;
    const value = text === undefined ? undefined : exactly(text);
    if (value === undefined || this.isEnded) return this.malformed();
    if (this.walk === undefined) return this.header(value);
    const sealed = entry.safeParse(value);
    if (sealed.success) return this.entry(sealed.data, this.walk);
    const signed = checkpoint.safeParse(value);
    return signed.success ? this.checkpoint(signed.data, this.walk) : this.malformed();
  }

  report(): AuditReport {
    const { walk } = this;
    if (this.isEnded) walk?.end();
    else this.tell('FILE_CUT');
    const { seq, head, checkpoints } = walk ?? { seq: 0n, head: Buffer.alloc(0), checkpoints: 0 };
    return { agency: this.agency, seq: String(seq), head: head.toString('hex'), checkpoints, waiting: 0, transitions: 0, faults: this.faults.slice(0, MOST_FAULTS) };
  }

  private header(value: unknown): void {
    const parsed = header.safeParse(value);
    if (!parsed.success) this.malformed();
    // Without its header a file is read on, so that the rest of it can be judged as well.
    this.agency = parsed.success ? parsed.data.agency : '';
    this.walk = new ChainWalk(this.agency, this.findKey, this.known);
  }

  private entry({ chain, entry: said, seq }: z.infer<typeof entry>, walk: ChainWalk): void {
    walk.entry({ seq: BigInt(seq), entryId: said.id, leaf: leafOfText(canonical(said)), chainHash: Buffer.from(chain, 'hex'), origin: said }, this.number);
  }

  private checkpoint({ checkpoint: { head, at, signature, ...said } }: z.infer<typeof checkpoint>, walk: ChainWalk): void {
    this.isEnded = true;
    if (said.agency !== this.agency) this.tell('AGENCY_DIFFERS');
    walk.checkpoint({ ...said, head: Buffer.from(head, 'hex'), at: new Date(at) }, Buffer.from(signature, 'hex'), this.number);
  }

  private malformed(): void {
    this.tell('FILE_MALFORMED');
  }

  private tell(code: AuditFault['code']): void {
    this.own.push({ code, seq: this.walk ? String(this.walk.seq) : null, entryId: null, line: this.number });
  }
}

/** The value of a line, or nothing when the line is not exactly the canonical form of its value. */
function exactly(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return canonical(value) === line ? value : undefined;
  } catch {
    // Whatever is wrong with it, the line is not what the export writes; the caller says which line.
    return undefined;
  }
}

/** Lines ended by `\n`; undefined for what is not UTF-8 and for a last line without its end. */
async function* lines(bytes: AsyncIterable<Buffer>): AsyncGenerator<string | undefined> {
  let rest = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const all = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = all.indexOf(0x0a); end !== -1; end = all.indexOf(0x0a, start)) {
      yield decode(all.subarray(start, end));
      start = end + 1;
    }
    rest = all.subarray(start);
  }
  if (rest.length > 0) yield undefined;
}

function decode(line: Buffer): string | undefined {
  const text = line.toString('utf8');
  return Buffer.from(text, 'utf8').equals(line) ? text : undefined;
}
