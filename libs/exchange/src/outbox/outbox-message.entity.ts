import { CodeColumn, IdColumn, InstantColumn, SealedColumn, type Sealed } from '@lianfang/database';
import { Column, Entity } from 'typeorm';

/** A message as it is posted inside a business transaction. What the relay adds (sequence, signature) is written by its own SQL. */
@Entity()
export class OutboxMessage {
  /** Also the id of the envelope. */
  @IdColumn() id: string;
  /** The agency that receives it. */
  @CodeColumn() partner: string;
  @CodeColumn() type: string;
  @Column({ type: 'text' }) subject: string;
  @Column({ type: 'boolean' }) urgent: boolean;
  /** The data as JSON; replaced by the sealed JWS when the message leaves. */
  @SealedColumn({ nullable: true }) content: Sealed | null;
  @InstantColumn() createdAt: Date;
}
