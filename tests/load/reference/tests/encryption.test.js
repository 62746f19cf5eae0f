/**
 * What the services encrypt is read here; the ciphertexts were made by `chassis.encryption`.
 */
import assert from 'node:assert/strict'
import test from 'node:test'
import { EncryptedFields } from '../src/encryptedFields.js'
import { CannotDecrypt, WrappingKeys } from '../src/encryption.js'
import { PersonKeys } from '../src/personKeys.js'
import { KEYS, PHONE, WRAPPED, bytes } from './sealed.js'

const WORDS =
  '01000102030405060708090a0b1e025a25d329a887fa4caf4a32f4e9df8cbed92db8ea4b8f22bb5ead' +
  '21892093df580cd1cc597385628410914f4376c17f5cb6'
const FACTS =
  '01000102030405060708090a0b1d0f562dd028670e09a37b533b3efcd38e64ac36c8864ac0568ae0cd' +
  'da93d9fb38154c0c86bffbd34006'

/** A collection of one person's key that counts how often it is read. */
function collection(wrapped = /** @type {Buffer | null} */ (bytes(WRAPPED))) {
  const kept = { _id: 'account_1', wrapped, wrapped_by: wrapped && 'k1' }
  const reads = { count: 0 }
  const find = () => {
    reads.count += 1
    return { toArray: async () => [kept] }
  }
  return { reads, kept: /** @type {any} */ ({ find }) }
}

/** @param {any} kept */
function fieldsOf(kept) {
  const keys = new PersonKeys(kept, WrappingKeys.parse(KEYS))
  return new EncryptedFields(keys, ['phone', 'binding_words', 'staged.facts', 'name'])
}

const stored = () => ({
  encrypted_for: 'account_1',
  phone: bytes(PHONE),
  binding_words: bytes(WORDS),
  staged: { facts: bytes(FACTS) },
  name: null,
})

test('fields are unlocked, those of structures and those that hold nothing too', async () => {
  const [document] = await fieldsOf(collection().kept).decode([stored()])
  assert.deepEqual(document, {
    encrypted_for: 'account_1',
    phone: '13812345678',
    binding_words: { binding_1: { name: '何雪婷', reason: null } },
    staged: { facts: { name: '田园', tags: ['党员'] } },
    name: null,
  })
})

test('what nothing is staged in, or nothing is locked of, stays as it is', async () => {
  const whole = { encrypted_for: 'account_1', staged: null }
  assert.deepEqual(await fieldsOf(collection().kept).decode([whole, { phone: null }]), [
    { encrypted_for: 'account_1', staged: null },
    { phone: null },
  ])
})

test('of somebody who was erased nothing is read', async () => {
  const [document] = await fieldsOf(collection(null).kept).decode([stored()])
  assert.equal(document?.phone, null)
  assert.equal(document?.staged.facts, null)
})

test('a value in the place of another is refused', async () => {
  const moved = { ...stored(), phone: bytes(WORDS) }
  await assert.rejects(fieldsOf(collection().kept).decode([moved]), CannotDecrypt)
})

test('a value that was changed is refused', async () => {
  const changed = bytes(PHONE)
  changed[20] = (changed[20] ?? 0) ^ 1
  await assert.rejects(
    fieldsOf(collection().kept).decode([{ ...stored(), phone: changed }]),
    CannotDecrypt,
  )
})

test('a key is read again after five seconds, and not before', async () => {
  const { kept, reads } = collection()
  let now = 0
  const keys = new PersonKeys(kept, WrappingKeys.parse(KEYS), { now: () => now })
  await keys.ciphers(['account_1'])
  now = 4_999
  await keys.ciphers(['account_1', 'account_1'])
  assert.equal(reads.count, 1)
  now = 5_000
  await keys.ciphers(['account_1'])
  assert.equal(reads.count, 2)
})

test('wrapping keys that cannot be used are refused without being shown', () => {
  const [, secret = ''] = KEYS.split(':')
  const twice = `${KEYS},${KEYS}`
  for (const text of ['', secret, `k1:${secret.slice(2)}`, twice, 'k1:!', `:${secret}`]) {
    assert.throws(
      () => WrappingKeys.parse(text),
      (/** @type {Error} */ error) => !error.message.includes(secret.slice(2)),
    )
  }
})

test('a key that another key wrapped is refused', () => {
  const other = WrappingKeys.parse(`k1:${Buffer.alloc(32).toString('base64url')}`)
  assert.throws(() => other.unwrap('k1', bytes(WRAPPED)), CannotDecrypt)
  assert.throws(() => WrappingKeys.parse(KEYS).unwrap('k2', bytes(WRAPPED)), CannotDecrypt)
})
