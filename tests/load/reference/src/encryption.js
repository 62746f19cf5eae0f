/**
 * The two ciphers of the services' encrypted fields: AES key wrap (RFC 3394) and AES-256-GCM.
 */
import { createDecipheriv, createSecretKey } from 'node:crypto'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const FORMAT = 1
const WRAP_IV = Buffer.from('a6a6a6a6a6a6a6a6', 'hex')
const KEY_ID = /^[A-Za-z0-9._-]{1,40}$/
const BASE64URL = /^[A-Za-z0-9_-]+={0,2}$/

/** The value was changed, belongs to another field or was locked with another key. */
export class CannotDecrypt extends Error {}

/** The keys that wrap people's keys, by id. */
export class WrappingKeys {
  /** @param {Map<string, Buffer>} keys */
  constructor(keys) {
    this.keys = keys
  }

  /**
   * @param {string} text "id:base64url,id2:base64url", each key 32 bytes
   * @throws {Error} without a key in its text
   */
  static parse(text) {
    /** @type {Map<string, Buffer>} */
    const keys = new Map()
    for (const part of text.split(',')) {
      const [id = '', encoded = ''] = part.trim().split(':')
      if (!KEY_ID.test(id) || !BASE64URL.test(encoded)) {
        throw new Error('must look like "id:base64url,id2:base64url"')
      }
      if (keys.has(id)) throw new Error(`key id ${id} comes twice`)
      const key = Buffer.from(encoded, 'base64url')
      if (key.length !== KEY_BYTES) throw new Error(`key ${id} must be ${KEY_BYTES} bytes`)
      keys.set(id, key)
    }
    return new WrappingKeys(keys)
  }

  /**
   * @param {string} id of the key that wrapped it
   * @param {Uint8Array} wrapped
   * @throws {CannotDecrypt}
   */
  unwrap(id, wrapped) {
    const key = this.keys.get(id)
    if (!key) throw new CannotDecrypt(`wrapping key ${id} is unknown`)
    try {
      const cipher = createDecipheriv('id-aes256-wrap', key, WRAP_IV)
      return Buffer.concat([cipher.update(wrapped), cipher.final()])
    } catch {
      throw new CannotDecrypt(`a key wrapped by ${id}`)
    }
  }
}

/** Reads what is locked under one person's key; each value is bound to its place. */
export class FieldCipher {
  /** @param {Buffer} key */
  constructor(key) {
    this.key = createSecretKey(key)
  }

  /**
   * @param {Uint8Array} encrypted format, nonce, ciphertext, tag
   * @param {string} place
   * @throws {CannotDecrypt}
   */
  decrypt(encrypted, place) {
    if (encrypted[0] !== FORMAT || encrypted.length < 1 + NONCE_BYTES + TAG_BYTES) {
      throw new CannotDecrypt('unknown format')
    }
    const begin = 1 + NONCE_BYTES
    const end = encrypted.length - TAG_BYTES
    try {
      const cipher = createDecipheriv('aes-256-gcm', this.key, encrypted.subarray(1, begin), {
        authTagLength: TAG_BYTES,
      })
      cipher.setAAD(Buffer.from(place))
      cipher.setAuthTag(encrypted.subarray(end))
      const clear = cipher.update(encrypted.subarray(begin, end))
      cipher.final() // GCM is a stream: all is in `clear`, and this checks it
      return clear
    } catch {
      throw new CannotDecrypt(place.split('\0')[0])
    }
  }
}
