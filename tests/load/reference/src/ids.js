/**
 * Ids that are derived from what a thing is: a prefix and a UUIDv8 in base 32 (TypeID).
 */
import { createHash } from 'node:crypto'

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
const ID_BYTES = 16
const BITS_A_DIGIT = 5

/**
 * The one id of these parts, as `chassis.ids.derived_id` gives it.
 * @param {string} prefix
 * @param {...string} parts
 */
export function derivedId(prefix, ...parts) {
  const hash = createHash('sha256').update(prefix)
  for (const part of parts) {
    const encoded = Buffer.from(part)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(encoded.length)
    hash.update(length).update(encoded)
  }
  const bytes = hash.digest().subarray(0, ID_BYTES)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80 // version 8
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80 // the variant of RFC 9562
  return `${prefix}_${base32(bytes)}`
}

/** @param {Uint8Array} bytes 128 bits, two of nothing in front of them */
function base32(bytes) {
  let text = ''
  let value = 0
  let bits = 2
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= BITS_A_DIGIT) {
      bits -= BITS_A_DIGIT
      text += DIGITS.charAt((value >>> bits) & 31)
    }
    value &= (1 << bits) - 1
  }
  return text
}
