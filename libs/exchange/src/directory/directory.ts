import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Agency } from '@lianfang/vocabulary';
import type { DirectoryContent, Institution, Unit } from './directory-file';

/** A public key and whose it is. */
export interface DirectoryKey {
  readonly kid: string;
  readonly agency: Agency;
  /** The institution that holds the key itself; null for the agency's own key. */
  readonly institution: string | null;
  readonly use: 'sig' | 'enc';
  readonly publicKey: KeyObject;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly revokedAt: Date | null;
}

/** A verified directory: who belongs to whom, who listens where, and which key is whose. Made by `loadDirectory`. */
export class Directory {
  readonly version: number;
  readonly institutions: readonly Institution[];
  readonly units: readonly Unit[];
  private readonly keys: ReadonlyMap<string, DirectoryKey>;
  private readonly addresses: ReadonlyMap<Agency, string>;

  constructor(
    content: DirectoryContent,
    /** SHA-256 of the canonical content, in hexadecimal. */
    readonly digest: string,
  ) {
    this.version = content.version;
    this.institutions = content.institutions;
    this.units = content.units;
    this.keys = new Map(content.keys.map((key) => [key.kid, readKey(key)]));
    this.addresses = new Map(content.exchanges.map(({ agency, address }) => [agency, address]));
    if (this.keys.size !== content.keys.length) throw new Error('directory: two keys have the same kid; give each its own');
  }

  /** The key of this id, if it is for this use, valid at `at` and not revoked by then. */
  findKey(kid: string, { use, at }: { use: 'sig' | 'enc'; at: Date }): DirectoryKey | undefined {
    const key = this.keys.get(kid);
    return key && key.use === use && isValid(key, at) ? key : undefined;
  }

  /** The newest valid key to encrypt to an agency. Throws when there is none. */
  getEncryptionKey(agency: Agency, at: Date): DirectoryKey {
    const usable = [...this.keys.values()].filter((key) => key.agency === agency && key.use === 'enc' && isValid(key, at));
    const newest = usable.sort((one, other) => other.validFrom.getTime() - one.validFrom.getTime())[0];
    if (!newest) throw new Error(`directory: no valid encryption key of ${agency}; publish one`);
    return newest;
  }

  /** Where an agency's exchange listens, or nothing when it has none in this deployment. */
  findAddress(agency: Agency): string | undefined {
    return this.addresses.get(agency);
  }

  /** The agencies that have an exchange in this deployment. */
  get agencies(): readonly Agency[] {
    return [...this.addresses.keys()];
  }

  findInstitution(code: string): Institution | undefined {
    return this.institutions.find((institution) => institution.code === code);
  }

  findUnit(code: string): Unit | undefined {
    return this.units.find((unit) => unit.code === code);
  }
}

function readKey({ jwk, validFrom, validUntil, revokedAt, ...key }: DirectoryContent['keys'][number]): DirectoryKey {
  if (jwk.crv !== (key.use === 'sig' ? 'Ed25519' : 'X25519')) throw new Error(`directory: key ${key.kid} is ${jwk.crv}, which is not for ${key.use}`);
  return {
    ...key,
    publicKey: createPublicKey({ key: jwk, format: 'jwk' }),
    validFrom: new Date(validFrom),
    validUntil: new Date(validUntil),
    revokedAt: revokedAt === null ? null : new Date(revokedAt),
  };
}

const isValid = ({ validFrom, validUntil, revokedAt }: DirectoryKey, at: Date): boolean => validFrom <= at && at < validUntil && (revokedAt === null || at < revokedAt);
