/**
 * How the program begins and ends where it cannot serve.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import test from 'node:test'

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url))

/** @param {string[]} called @param {Record<string, string>} env */
const run = (called, env) =>
  spawnSync(process.execPath, [MAIN, ...called], { env, encoding: 'utf8' })

test('what is missing is said in one line', () => {
  const { status, stderr } = run(['issues'], { KEY_WRAPPING_KEYS: 'secret' })
  assert.equal(status, 2)
  assert.match(stderr, /^MONGODB_URI is not set; KEY_WRAPPING_KEYS: [^\n]+\n$/)
  assert.doesNotMatch(stderr, /secret/)
})

test('which service, is to be said', () => {
  const { status, stderr } = run([], {})
  assert.equal(status, 2)
  assert.match(stderr, /^which service\? one of residents, issues, outreach, vouchers\n$/)
})
