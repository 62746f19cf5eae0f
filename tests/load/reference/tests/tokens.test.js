/**
 * Which tokens are good, as `chassis.identity` has it.
 */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import test, { after, before } from 'node:test'
import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { Jwks } from '../src/jwks.js'
import { TokenVerifier } from '../src/tokens.js'

const NOW_SECONDS = 1_800_000_000
const CLAIMS = {
  iss: 'linli-residents',
  aud: 'linli',
  sub: 'account_1',
  sid: 'session_1',
  community: 'community_1',
  client: 'miniprogram',
  iat: NOW_SECONDS,
  exp: NOW_SECONDS + 600,
  roles: [{ role: 'resident', scope: ['estate_1'] }],
}

const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true })
const jwk = await exportJWK(publicKey)
const stranger = await generateKeyPair('EdDSA')
let fetches = 0
let now = NOW_SECONDS * 1000
const server = createServer((_request, response) => {
  fetches += 1
  response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'k1' }] }))
})
/** @type {Jwks} */
let jwks
/** @type {TokenVerifier} */
let verifier

before(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  jwks = new Jwks(`http://127.0.0.1:${port}/jwks.json`, { now: () => now })
  await jwks.start()
  const expected = { issuer: CLAIMS.iss, audience: CLAIMS.aud, now: () => now }
  verifier = new TokenVerifier(jwks, expected)
})
after(() => {
  jwks.stop()
  server.close()
  server.closeAllConnections()
})

/** @param {Record<string, unknown>} claims @param {{ kid?: string, key?: CryptoKey }} [by] */
async function bearer(claims = {}, { kid = 'k1', key = privateKey } = {}) {
  const token = new SignJWT({ ...CLAIMS, ...claims }).setProtectedHeader({ alg: 'EdDSA', kid })
  return `Bearer ${await token.sign(key)}`
}

/** @param {string} authorization */
async function refused(authorization) {
  await assert.rejects(verifier.authenticate(authorization), /登录已失效/)
}

test('a good token says who asks, the second time as well', async () => {
  const authorization = await bearer()
  const expected = {
    accountId: 'account_1',
    sessionId: 'session_1',
    communityId: 'community_1',
    roles: CLAIMS.roles,
  }
  assert.deepEqual(await verifier.authenticate(authorization), expected)
  assert.deepEqual(await verifier.authenticate(authorization), expected)
})

test('no token is nobody, a bad one is refused', async () => {
  assert.equal(await verifier.authenticate(undefined), null)
  const bad = ['', 'Basic x', 'Bearer', 'Bearer x', 'Bearer a.b.c', `Bearer ${'a'.repeat(9000)}`]
  for (const each of bad) await refused(each)
})

test('another issuer, another audience, a missing or a wrong claim', async () => {
  await refused(await bearer({ iss: 'somebody' }))
  await refused(await bearer({ aud: 'another' }))
  await refused(await bearer({ aud: ['another'] }))
  await refused(await bearer({ community: 7 }))
  await refused(await bearer({ sid: undefined }))
  await refused(await bearer({ roles: [{ scope: null }] }))
  await refused(await bearer({ roles: [{ role: 'resident', scope: 'estate_1' }] }))
  await refused(await bearer({ exp: undefined }))
  assert.ok(await verifier.authenticate(await bearer({ aud: ['another', 'linli'] })))
})

test('a signature by another key, and an algorithm that is none', async () => {
  await refused(await bearer({}, { key: stranger.privateKey }))
  const [, payload = ''] = (await bearer()).split('.')
  const header = Buffer.from(JSON.stringify({ alg: 'none', kid: 'k1' })).toString('base64url')
  await refused(`Bearer ${header}.${payload}.`)
})

test('the times are looked at each time, with five seconds to spare', async () => {
  const authorization = await bearer({ exp: NOW_SECONDS + 10 })
  assert.ok(await verifier.authenticate(authorization))
  now = (NOW_SECONDS + 14) * 1000
  assert.ok(await verifier.authenticate(authorization))
  now = (NOW_SECONDS + 15) * 1000
  await refused(authorization)
  now = NOW_SECONDS * 1000
  await refused(await bearer({ iat: NOW_SECONDS + 6 }))
  await refused(await bearer({ nbf: NOW_SECONDS + 6 }))
})

test('an unknown key causes one fetch in half a minute', async () => {
  now += 31_000
  const unknown = await bearer({ exp: NOW_SECONDS + 9_000 }, { kid: 'k2' })
  const before = fetches
  await refused(unknown)
  await refused(unknown)
  assert.equal(fetches, before + 1)
  now = NOW_SECONDS * 1000
})
