import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';

/** Where a sealed value stands; part of what the seal authenticates, so that it opens nowhere else. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly id: string;
}

const nonceBytes = 12;
const tagBytes = 16;
const indexBytes = 16;

/**
 * One agency's keys for personal data at rest: AES-256-GCM by epoch, and one HMAC key for blind indexes.
 * A sealed value is `epoch (1 byte) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`; its AAD is `table.column.id`.
 */
export class Keyring {
  readonly #epoch: number;
  readonly #sealing: ReadonlyMap<number, KeyObject>;
  readonly #index: KeyObject;

  constructor({ epoch, sealing, index }: { readonly epoch: number; readonly sealing: Readonly<Record<number, Buffer>>; readonly index: Buffer }) {
    if (!sealing[epoch]) throw new Error(`keyring: the current epoch is ${epoch} but no key of that epoch is given`);
    this.#epoch = epoch;
    // A key object is made once: handing the bytes to every call costs more than the encryption itself.
    this.#sealing = new Map(Object.entries(sealing).map(([each, key]) => [Number(each), secret(key)]));
    this.#index = secret(index);
  }

  /** Reads `epoch:base64[,epoch:base64…];index:base64`; the highest epoch seals. */
  static parse(text: string): Keyring {
    const [sealingPart, indexPart] = text.split(';index:');
    if (!sealingPart || !indexPart) throw new Error('keyring: expected "1:<base64>[,2:<base64>];index:<base64>"');
    const sealing = Object.fromEntries(
      sealingPart.split(',').map((entry) => {
        const [epoch, key] = entry.split(':');
        return [Number(epoch), Buffer.from(key ?? '', 'base64')];
      }),
    ) as Record<number, Buffer>;
    const epoch = Math.max(...Object.keys(sealing).map(Number));
    return new Keyring({ epoch, sealing, index: Buffer.from(indexPart, 'base64') });
  }

  /** Encrypts a text for one place. */
  seal(plain: string, place: Place): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.keyOf(this.#epoch), nonce).setAAD(aad(place));
    return Buffer.concat([Buffer.of(this.#epoch), nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  }

  /** Decrypts what was sealed for this very place. Throws when it was moved, changed, or its key is not here. */
  open(sealed: Buffer, place: Place): string {
    const nonce = sealed.subarray(1, 1 + nonceBytes);
    const body = sealed.subarray(1 + nonceBytes, sealed.length - tagBytes);
    const decipher = createDecipheriv('aes-256-gcm', this.keyOf(sealed[0] ?? 0), nonce).setAAD(aad(place)).setAuthTag(sealed.subarray(sealed.length - tagBytes));
    try {
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new Error(`keyring: ${place.table}.${place.column} of ${place.id} does not open; it was changed or moved`, { cause });
    }
  }

  /** The blind index of a value for one purpose: exact match only; first byte is the epoch of the scheme. */
  index(purpose: string, value: string): Buffer {
    const mac = createHmac('sha256', this.#index).update(purpose).update('\0').update(value, 'utf8').digest();
    return Buffer.concat([Buffer.of(1), mac.subarray(0, indexBytes)]);
  }

  private keyOf(epoch: number): KeyObject {
    const key = this.#sealing.get(epoch);
    if (!key) throw new Error(`keyring: no key of epoch ${epoch}; add it to the configuration`);
    return key;
  }
}

function secret(key: Buffer): KeyObject {
  if (key.length !== 32) throw new Error(`keyring: every key has 32 bytes, found one of ${key.length}`);
  return createSecretKey(key);
}

const aad = ({ table, column, id }: Place): Buffer => Buffer.from(`${table}.${column}.${id}`, 'utf8');
