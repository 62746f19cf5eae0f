import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import { json } from 'node:stream/consumers'
import { after, before, beforeEach, describe, test } from 'node:test'
import { generateKeyPair, UnsecuredJWT } from 'jose'
import { codeOf, eventually, Stage } from './kit/stage.js'

describe('tokens', () => {
  /** @type {Stage} */
  let stage
  before(async () => {
    stage = await Stage.set({ ENVIRONMENT: 'development' })
  })
  after(() => stage.strike())
  beforeEach(() => stage.services.forget())

  /** @param {string} token */
  const refused = async (token) => {
    const { body } = await stage.ask({ query: '{ openDoor }', token })
    assert.equal(codeOf(body), 'UNAUTHENTICATED')
    assert.equal('data' in body, false)
    assert.deepEqual((await stage.services.seen()).calls, {})
  }

  test('a good one lets its bearer in, and is forwarded', async () => {
    const token = await stage.residents.token()
    const { body } = await stage.ask({ query: '{ me { id } }', token })
    assert.deepEqual(body, { data: { me: { id: 'account_1' } } })
    const [{ headers }] = (await stage.services.seen()).seen
    assert.equal(headers.authorization, `Bearer ${token}`)
  })

  test('without one, what is open is answered', async () => {
    const { body } = await stage.ask({ query: '{ openDoor }' })
    assert.deepEqual(body, { data: { openDoor: 'open' } })
  })

  test('an expired one is refused, also for what is open', async () => {
    await refused(await stage.residents.token({ lifeSeconds: -1 }))
  })

  test('one issued in the future, or whose end is no time, is refused', async () => {
    await refused(await stage.residents.token({ issuedInSeconds: 60 }))
    await refused(await stage.residents.token({ lifeSeconds: 1e300 }))
  })

  test('one signed with another key under a known id is refused', async () => {
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
    await refused(await stage.residents.token({ key: privateKey }))
  })

  test('one for another audience or from another issuer is refused', async () => {
    await refused(await stage.residents.token({ audience: 'another' }))
    await refused(await stage.residents.token({ issuer: 'another' }))
  })

  test('an unsigned one is refused', async () => {
    const unsigned = new UnsecuredJWT({ sid: 's', community: 'c', client: 'console', scope: '' })
      .setIssuer('linli-residents')
      .setAudience('linli')
      .setSubject('account_1')
      .setExpirationTime('5m')
      .encode()
    await refused(unsigned)
    await refused(`${unsigned}AAAA`)
  })

  test('a good one of more than 8 KB is refused', async () => {
    await refused(await stage.residents.token({ scope: `role:clerk ${'x'.repeat(6_000)}` }))
  })

  test('what is no token at all is refused', async () => {
    await refused('x')
    const { body } = await stage.ask({
      query: '{ openDoor }',
      headers: { authorization: 'Basic bGluOmxp' },
    })
    assert.equal(codeOf(body), 'UNAUTHENTICATED')
  })

  test('two of them are none, also the same one twice', async () => {
    const token = `Bearer ${await stage.residents.token()}`
    for (const [first, second] of /** @type {const} */ ([
      [token, 'Bearer x'],
      ['Bearer x', token],
      [token, token],
      [token, ''],
    ])) {
      const request = http.request(`${stage.origin}/graphql`, {
        method: 'POST',
        headers: [
          ...['host', 'gateway', 'content-type', 'application/json'],
          ...['authorization', first, 'authorization', second],
        ],
      })
      request.end(JSON.stringify({ query: '{ openDoor }' }))
      const [response] = await once(request, 'response')
      assert.equal(codeOf(await json(response)), 'UNAUTHENTICATED')
      assert.deepEqual((await stage.services.seen()).calls, {})
    }
  })

  test('a revoked session is refused within two polls, others are not', async () => {
    const ended = await stage.residents.token({ sid: 'session_ended' })
    const other = await stage.residents.token({ sid: 'session_other' })
    assert.equal(codeOf((await stage.ask({ query: '{ openDoor }', token: ended })).body), null)
    stage.residents.revoke('session_ended')
    await eventually(async () => {
      const { body } = await stage.ask({ query: '{ openDoor }', token: ended })
      return codeOf(body) === 'UNAUTHENTICATED'
    }, 'the revoked session is refused')
    assert.equal(codeOf((await stage.ask({ query: '{ openDoor }', token: other })).body), null)
  })

  test('the last revocations stand while residents is away', async () => {
    stage.residents.revoke('session_away')
    const token = await stage.residents.token({ sid: 'session_away' })
    const isRefused = async () =>
      codeOf((await stage.ask({ query: '{ openDoor }', token })).body) === 'UNAUTHENTICATED'
    await eventually(isRefused, 'the revoked session is refused')
    stage.residents.away.add('revocations')
    const asked = stage.residents.fetched.revocations
    await eventually(() => stage.residents.fetched.revocations > asked + 3, 'three polls failed')
    assert.equal(await isRefused(), true)
    stage.residents.away.clear()
  })

  test('a refusal says nothing of the reason, and the log nothing of the token', async () => {
    const token = await stage.residents.token({ lifeSeconds: -1 })
    const { body } = await stage.ask({ query: '{ openDoor }', token })
    assert.deepEqual(body.errors, [
      { message: '登录已失效，请重新登录。', extensions: { code: 'UNAUTHENTICATED' } },
    ])
    assert.equal(stage.logged.join('').includes(token), false)
    assert.equal(stage.logged.join('').includes(token.split('.')[2] ?? ''), false)
  })

  test('the status is for those who ask for application/graphql-response+json', async () => {
    const token = await stage.residents.token({ lifeSeconds: -1 })
    const asked = { query: '{ openDoor }', token }
    assert.equal((await stage.ask(asked)).status, 200)
    const headers = { accept: 'application/graphql-response+json' }
    const { status, headers: answered } = await stage.ask({ ...asked, headers })
    assert.equal(status, 401)
    assert.match(answered.get('content-type') ?? '', /^application\/graphql-response\+json/)
  })
})

describe('keys', () => {
  /** @type {Stage} */
  let stage
  before(async () => {
    stage = await Stage.prepare()
  })
  after(() => stage.strike())

  test('without keys it is alive and not ready; with them it becomes ready', async () => {
    stage.residents.away.add('jwks')
    // By this clock nobody asks too often.
    await stage.start({}, () => performance.now() * 1_000)
    assert.equal((await stage.get('/live')).status, 200)
    const { status, text } = await stage.get('/ready')
    assert.deepEqual([status, JSON.parse(text)], [503, { ready: false, notReady: ['jwks'] }])
    stage.residents.away.clear()
    await eventually(async () => (await stage.get('/ready')).status === 200, 'ready')
  })

  test('a key that came later is fetched when a token names it, soon again if that fails', async () => {
    await stage.residents.addKey('key_2')
    const token = await stage.residents.token({ kid: 'key_2' })
    const inbox = async () =>
      (await stage.ask({ documentId: await stage.idOf('console', 'Inbox'), variables: { first: 1 }, token })).body
    stage.residents.away.add('jwks')
    assert.equal(codeOf(await inbox()), 'UNAUTHENTICATED')
    stage.residents.away.clear()
    const known = async () => (await inbox()).data?.inbox.edges.length === 1
    await eventually(known, 'the new key is known', 15)
  })

  test('unknown keys cause one fetch in thirty seconds, however many ask', async () => {
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
    const before = stage.residents.fetched.jwks
    const tokens = await Promise.all(
      Array.from({ length: 40 }, (_, n) => stage.residents.token({ kid: `made_up_${n}`, key: privateKey })),
    )
    for (const { body } of await Promise.all(tokens.map((token) => stage.ask({ query: '{ openDoor }', token })))) {
      assert.equal(codeOf(body), 'UNAUTHENTICATED')
    }
    assert.equal(stage.residents.fetched.jwks, before)
  })

  test('the last good set is stored, and enough to be ready while residents is away', async () => {
    const stored = JSON.parse(await readFile(stage.path('state/jwks.json'), 'utf8'))
    assert.deepEqual(stored.keys.map((/** @type {{ kid: string }} */ { kid }) => kid), ['key_1', 'key_2'])
    await stage.gateway?.stop()
    stage.residents.away.add('jwks').add('revocations')
    await stage.start()
    assert.equal((await stage.get('/ready')).status, 200)
    const token = await stage.residents.token({ kid: 'key_1' })
    const { body } = await stage.ask({ query: '{ openDoor }', token })
    assert.deepEqual(body, { data: { openDoor: 'open' } })
  })

  test('revocations outlive a restart while residents is away', async () => {
    await stage.gateway?.stop()
    stage.residents.away.clear()
    stage.residents.revoke('session_before')
    await stage.start()
    await stage.gateway?.stop()
    stage.residents.away.add('revocations')
    await stage.start()
    const token = await stage.residents.token({ sid: 'session_before' })
    assert.equal(codeOf((await stage.ask({ query: '{ openDoor }', token })).body), 'UNAUTHENTICATED')
    stage.residents.away.clear()
  })

  test('a stored set that is damaged is passed over', async () => {
    await stage.gateway?.stop()
    await stage.write('state/jwks.json', '{"keys": [{"kid"')
    await stage.start()
    assert.equal((await stage.get('/ready')).status, 200)
  })
})
