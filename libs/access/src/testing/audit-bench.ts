import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { databaseEntities, databaseMigrations, newId } from '@lianfang/database';
import { callers, testDatabase, units, type TestDatabase } from '@lianfang/testing';
import { lifecycle } from '@lianfang/vocabulary';
import { Client } from 'pg';
import { accessEntities, accessMigrations, move, recordAudit, sealAudit, verifyAudit, type AuditReport, type AuditSigner, type KnownHead, type Movable } from '../index';

const life = lifecycle('stop-payment-request', {
  PROPOSE: { from: [], to: 'PROPOSED', by: 'police' },
  CANCEL: { from: ['PROPOSED'], to: 'CANCELLED', by: 'police' },
});
const at = new Date('2026-05-01T00:30:15.123Z');
const target = { unit: units.bureau, region: '990101' };

const keyPair = generateKeyPairSync('ed25519');

/** The agency's signer and its public key. */
export const publicKey = keyPair.publicKey;
export const signer: AuditSigner = { kid: 'police-sig-1', sign: (bytes) => sign(null, bytes, keyPair.privateKey) };
export const findKey = (kid: string): KeyObject | undefined => (kid === signer.kid ? publicKey : undefined);

/** The tables of the trail. */
export const trailTables = ['transition', 'audit_entry', 'audit_unsealed', 'audit_seal', 'audit_checkpoint'] as const;

/** A database with a trail, and somebody who has its server in hands. */
export class AuditBench {
  private constructor(
    readonly database: TestDatabase,
    readonly attacker: Client,
  ) {}

  static async open(): Promise<AuditBench> {
    const database = await testDatabase('police', { entities: [...databaseEntities, ...accessEntities], migrations: [...databaseMigrations, ...accessMigrations] });
    const attacker = new Client({ connectionString: database.adminUrl });
    await attacker.connect();
    // Neither foreign keys nor triggers stop a superuser.
    await attacker.query('set session_replication_role = replica');
    return new AuditBench(database, attacker);
  }

  async close(): Promise<void> {
    await this.attacker.end();
    await this.database.drop();
  }

  /** An empty trail. */
  async clear(): Promise<void> {
    // Not truncate: on tables of a few rows deleting is ten times as fast.
    for (const table of trailTables) await this.attacker.query(`delete from ${table}`);
  }

  /** Each act leaves a transition with its entry, and a look. */
  async act(count = 1): Promise<void> {
    for (let number = 0; number < count; number += 1) {
      await this.database.runtime.asCaller(callers.officer, async (manager) => {
        const thing = { id: newId() } as Movable;
        await move(manager, { lifecycle: life, thing, action: 'PROPOSE', caller: callers.officer, at, target, reason: '款项仍在一级账户', facts: { ordinal: 1 } });
        await recordAudit(manager, callers.officer, { at, kind: 'LOOK', thing: 'fraud-case', thingId: thing.id, body: { value: 'name' } });
      });
    }
  }

  seal(): Promise<number> {
    return sealAudit(this.database.worker, { agency: 'police', signer });
  }

  /** Six entries under two checkpoints (4 and 6); their ids in the order of the chain. */
  async aTrail(): Promise<string[]> {
    await this.act(2);
    await this.seal();
    await this.act();
    await this.seal();
    const { rows } = await this.attacker.query<{ entry_id: string }>('select entry_id from audit_seal order by seq');
    return rows.map((row) => row.entry_id);
  }

  verify(known?: KnownHead): Promise<AuditReport> {
    return verifyAudit({ url: this.database.urls.worker, agency: 'police', findKey, known });
  }

  /** As in `LEAF_DIFFERS at 3`. */
  async faults(known?: KnownHead): Promise<string[]> {
    return (await this.verify(known)).faults.map(({ code, seq }) => `${code}${seq === null ? '' : ` at ${seq}`}`);
  }
}
