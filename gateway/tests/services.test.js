import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { codeOf, eventually, Stage } from './kit/stage.js'
import { SERVICES } from './kit/services.js'

// Without `id`: any service can answer it, one is chosen, and with that one down its null goes up.
const DASHBOARD =
  '{ community(id: "c") { name issueFigures { received } outreachFigures { commentsReceived } } }'
const WHOLE = {
  name: '八家庄',
  issueFigures: { received: 5 },
  outreachFigures: { commentsReceived: 3 },
}
const OF = /** @type {const} */ ({ residents: 'name', issues: 'issueFigures', outreach: 'outreachFigures' })

describe('services', () => {
  /** @type {Stage} */
  let stage
  /** @type {string} */
  let token
  before(async () => {
    stage = await Stage.set({ UPSTREAM_TIMEOUT_SECONDS: '1' })
    token = await stage.residents.token()
  })
  after(() => stage.strike())
  beforeEach(() => stage.services.forget())
  afterEach(async () => {
    for (const name of SERVICES) {
      await stage.services.wire(name).cut()
      await stage.services.wire(name).mend()
    }
  })

  test('one request is answered from all of them', async () => {
    assert.deepEqual((await stage.ask({ query: DASHBOARD, token })).body, { data: { community: WHOLE } })
  })

  for (const name of SERVICES) {
    test(`${name} stopped: its own fields are null, one error names it, the rest stands`, async () => {
      await stage.services.wire(name).cut()
      const { body } = await stage.ask({ query: DASHBOARD, token })
      assert.deepEqual(body.data, { community: { ...WHOLE, [OF[name]]: null } })
      assert.equal(body.errors.length, 1)
      assert.deepEqual(body.errors[0].extensions, { code: 'UNAVAILABLE', service: name })
      await stage.services.wire(name).mend()
      const again = await stage.ask({ query: DASHBOARD, token })
      assert.deepEqual(again.body, { data: { community: WHOLE } })
    })
  }

  test('stopped, and asked for several things on several levels: still one error', async () => {
    await stage.services.wire('outreach').cut()
    const query = '{ openDoor intakes(first: 2) { edges { node { comment { text } } } } comment(id: "1") { text } }'
    const { body } = await stage.ask({ query, token })
    assert.equal(body.data.openDoor, 'open')
    assert.deepEqual(body.data.intakes.edges[1], { node: { comment: { text: null } } })
    assert.equal(body.data.comment, null)
    assert.equal(body.errors.length, 1)
  })

  test('stopped, and asked for nothing else: null, and the error', async () => {
    await stage.services.wire('outreach').cut()
    const { body, status } = await stage.ask({
      query: '{ comment(id: "1") { text } }',
      token,
      headers: { accept: 'application/graphql-response+json' },
    })
    assert.deepEqual([status, body.data, codeOf(body)], [200, { comment: null }, 'UNAVAILABLE'])
  })

  test('a query that is turned away is asked again, with its token', async () => {
    await stage.services.refuse('residents', 2)
    const { body } = await stage.ask({ query: '{ openDoor }', token })
    assert.deepEqual(body, { data: { openDoor: 'open' } })
    const { seen, calls } = await stage.services.seen()
    assert.equal(calls['requests to residents'], 3)
    assert.equal(seen[0].headers.authorization, `Bearer ${token}`)
  })

  test('a mutation that is turned away is not asked again', async () => {
    await stage.services.refuse('issues', 1)
    const { body } = await stage.ask({ query: 'mutation { acknowledge(id: "m") { id } }', token })
    assert.deepEqual(body.data, { acknowledge: null })
    assert.equal(codeOf(body), 'UNAVAILABLE')
    assert.equal((await stage.services.seen()).calls['requests to issues'], 1)
  })

  test('a slow service is waited for so long and no longer, and not asked twice', async () => {
    const { body } = await stage.ask({ query: '{ openDoor slow(seconds: 20) }', token })
    assert.deepEqual(body.errors[0].extensions, { code: 'UNAVAILABLE', service: 'residents' })
    assert.equal((await stage.services.seen()).calls['requests to residents'], 1)
    await eventually(() => stage.services.wire('residents').open <= 1, 'the connection is let go')
  })

  test('equal requests of different callers are each asked for, with their own token', async () => {
    const other = await stage.residents.token({ sub: 'account_2' })
    const query = '{ me { id } slow(seconds: 0.3) }'
    await Promise.all([token, other, token].map((one) => stage.ask({ query, token: one })))
    const asked = (await stage.services.seen()).seen.map(({ headers }) => headers.authorization)
    assert.deepEqual(asked.sort(), [token, token, other].map((one) => `Bearer ${one}`).sort())
  })

  test('a service hears the address of the client, not what the client says it is', async () => {
    await stage.ask({ query: '{ openDoor }', token, headers: { 'x-forwarded-for': '203.0.113.9' } })
    const [{ headers }] = (await stage.services.seen()).seen
    assert.equal(headers['x-forwarded-for'], '127.0.0.1')
  })

  test('a trace is carried on, and one is begun where there is none', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    await stage.ask({ query: '{ openDoor }', token, headers: { traceparent } })
    await stage.ask({ query: '{ openDoor }', token })
    const [carried, begun] = (await stage.services.seen()).seen.map(({ headers }) => headers.traceparent)
    assert.match(carried, /^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/)
    assert.notEqual(carried, traceparent)
    assert.match(begun, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
    const lines = stage.logged.map((line) => JSON.parse(line))
    assert.ok(lines.some(({ trace_id: id }) => id === '0af7651916cd43dd8448eb211c80319c'))
    assert.ok(lines.some(({ trace_id: id }) => id === begun.split('-')[1]))
  })

  test('figures name operations that are persisted, and no others', async () => {
    await stage.ask({ query: 'query MadeUpName { openDoor }', token })
    await stage.ask({ documentId: await stage.idOf('console', 'Inbox'), variables: { first: 1 }, token })
    const { text } = await stage.get('/metrics')
    assert.match(text, /gateway_operations_total\{operation="Inbox",client="console",outcome="ok"\} 1/)
    assert.match(text, /gateway_operation_seconds_count\{operation="unpersisted"\} \d/)
    assert.match(text, /gateway_upstream_away_total\{upstream="outreach"\} \d/)
    assert.match(text, /gateway_revocations_age_seconds [\d.]+/)
    assert.match(text, /process_resident_memory_bytes \d/)
    assert.doesNotMatch(text, /MadeUpName/)
  })

  test('behind a proxy it is the one that the proxy added', async () => {
    await stage.gateway?.stop()
    await stage.start({ TRUSTED_PROXIES: '1', UPSTREAM_TIMEOUT_SECONDS: '1' })
    const headers = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' }
    await stage.ask({ query: '{ openDoor }', token, headers })
    const [seen] = (await stage.services.seen()).seen
    assert.equal(seen.headers['x-forwarded-for'], '203.0.113.9')
  })
})
