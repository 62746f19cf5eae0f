/**
 * Ids, cursors, moments and masks are those of the services; the expected ones were made there.
 */
import assert from 'node:assert/strict'
import test from 'node:test'
import { decodeCursor, encodeCursor, placeOf } from '../src/connections.js'
import { derivedId } from '../src/ids.js'
import { maskedName, maskedPhone } from '../src/masking.js'
import { written } from '../src/moments.js'
import { SettingsError, readSettings } from '../src/settings.js'

const MOMENT = new Date('2026-11-26T10:23:31.421Z')
const CURSOR = 'kpKhdM8ABmErVc-bSJKhc6dpc3N1ZV8x'

test('derived ids', () => {
  assert.equal(
    derivedId('follower', 'issue_1', 'account_1'),
    'follower_5y943ke18yggg922j5j941kcj9',
  )
  assert.equal(derivedId('archive', 'community_八家庄'), 'archive_2ra3mrf6eygkh9v7fbktd7s5h5')
})

test('cursors', () => {
  assert.equal(encodeCursor([MOMENT, 'issue_1']), CURSOR)
  assert.deepEqual(decodeCursor(CURSOR), [MOMENT, 'issue_1'])
  for (const bad of ['', 'x', '!', 'kZKhaQM', 'kgEC', CURSOR.slice(1), 'A'.repeat(2000)]) {
    assert.throws(() => decodeCursor(bad), /分页游标/)
  }
})

test('how many at once', () => {
  assert.deepEqual(placeOf({ first: 3 }), { first: 3, after: null })
  assert.throws(() => placeOf({ first: 0 }), /至少/)
  assert.throws(() => placeOf({ first: 101 }), /最多/)
})

test('moments, with microseconds where there are any', () => {
  assert.equal(written(MOMENT), '2026-11-26T10:23:31.421000+00:00')
  assert.equal(written(new Date('2026-11-26T10:23:31Z')), '2026-11-26T10:23:31+00:00')
})

test('names and phones are masked', () => {
  const names = ['马', '马兰', '欧阳修文', '𠮷野']
  assert.deepEqual(names.map(maskedName), ['*', '马*', '欧***', '𠮷*'])
  const phones = ['17312346812', '+8617312346812', '123456', '1234567', '0101234567']
  const shown = ['173****6812', '+86*******6812', '******', '*****67', '********67']
  assert.deepEqual(phones.map(maskedPhone), shown)
})

test('settings that are missing or wrong are named in one line', () => {
  assert.throws(() => readSettings('gateway', {}), SettingsError)
  const key = `k1:${Buffer.alloc(32).toString('base64url')}`
  assert.throws(
    () => readSettings('issues', { HTTP_PORT: 'x', KEY_WRAPPING_KEYS: 'secret' }),
    (/** @type {Error} */ { message }) =>
      ['HTTP_PORT', 'MONGODB_URI is not set', 'KEY_WRAPPING_KEYS'].every((it) =>
        message.includes(it),
      ) && !message.includes('secret'),
  )
  const settings = readSettings('issues', { MONGODB_URI: 'mongodb://x', KEY_WRAPPING_KEYS: key })
  assert.equal(settings.mongodbDatabase, 'linli_issues')
  assert.equal(settings.tokenIssuer, 'linli-residents')
})
