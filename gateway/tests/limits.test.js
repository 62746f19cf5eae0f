import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { text } from 'node:stream/consumers'
import { after, before, beforeEach, describe, test } from 'node:test'
import { LIMITS } from '../src/limits.js'
import { codeOf, eventually, Stage } from './kit/stage.js'
import { overSocket } from './kit/subscriber.js'

const HEAD =
  'POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\n'

describe('limits', () => {
  /** @type {Stage} */
  let stage
  /** @type {string} */
  let token
  before(async () => {
    stage = await Stage.set({ REQUEST_SECONDS: '3' })
    token = await stage.residents.token()
  })
  after(() => stage.strike())
  beforeEach(() => stage.services.forget())

  /** @param {string} limit @param {Partial<import('./kit/stage.js').Asked>} asked */
  const refused = async (limit, asked) => {
    const { body } = await stage.ask({ token, ...asked })
    assert.equal(codeOf(body), 'QUERY_REFUSED')
    assert.equal(body.errors[0].extensions.limit, limit)
    assert.equal('data' in body, false)
    assert.deepEqual((await stage.services.seen()).calls, {})
  }

  test('a thousand aliases', async () => {
    const aliases = Array.from({ length: 1000 }, (_, n) => `a${n}: openDoor`)
    await refused('aliases', { query: `{ ${aliases.join(' ')} }` })
  })

  test('too deep', async () => {
    const query = `{ me { id ${'...on Account { id } '.repeat(3)} } ${'me { '.repeat(20)} id ${'} '.repeat(20)} }`
    await refused('depth', { query })
  })

  test('too many fragments in fragments, which are no depth', async () => {
    const inline = `{ ${'... { '.repeat(300)} openDoor ${'} '.repeat(300)} }`
    const chain = Array.from({ length: 300 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} }`)
    const named = `{ ...F0 } ${chain.join(' ')} fragment F300 on Query { openDoor }`
    for (const query of [inline, named]) await refused('nesting', { query })
  })

  test('too many tokens', async () => {
    await refused('tokens', { query: `{ ${'openDoor '.repeat(LIMITS.tokens)} }` })
  })

  test('fragments that double at every step', async () => {
    const steps = Array.from({ length: 40 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)
    const query = `{ ...F0 } ${steps.join(' ')} fragment F40 on Query { openDoor }`
    await refused('fields', { query })
  })

  test('a fragment that spreads itself', async () => {
    await refused('depth', { query: '{ ...F } fragment F on Query { openDoor ...F }' })
  })

  test('many directives', async () => {
    const query = `{ ${'openDoor @include(if: true) '.repeat(LIMITS.directives + 1)} }`
    await refused('directives', { query })
  })

  test('a page that is too long, also by variable', async () => {
    await refused('first', { query: '{ intakes(first: 101) { edges { cursor } } }' })
    const query = 'query ($n: Int!) { intakes(first: $n) { edges { cursor } } }'
    await refused('first', { query, variables: { n: 5000 } })
    assert.equal(codeOf((await stage.ask({ query, variables: { n: 100 }, token })).body), null)
  })

  test('pages that are too many together', async () => {
    const pages = Array.from(
      { length: 30 },
      (_, n) => `p${n}: intakes(first: 100) { edges { node { comment { id } a: comment { id } } } }`,
    )
    await refused('cost', { query: `{ ${pages.join(' ')} }` })
  })

  test('several operations in one request', async () => {
    const response = await fetch(`${stage.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify([{ query: '{ openDoor }' }, { query: '{ openDoor }' }]),
    })
    const body = await response.json()
    assert.equal(body.errors[0].extensions.limit, 'batch')
    assert.deepEqual((await stage.services.seen()).calls, {})
  })

  for (const [name, body] of /** @type {const} */ ([
    ['announced', 'x'.repeat(LIMITS.bodyBytes + 1)],
    ['chunked', new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(' '.repeat(64 * 1024)))
      },
    })],
  ])) {
    test(`a body that is too long, ${name}`, async () => {
      const response = await fetch(`${stage.origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        ...(typeof body === 'string' ? {} : { duplex: 'half' }),
      })
      assert.equal(response.status, 413)
      assert.equal((await response.json()).errors[0].extensions.limit, 'bodyBytes')
    })
  }

  for (const [name, sent, status, code] of /** @type {const} */ ([
    ['stops in its body', `${HEAD}content-length: 20\r\n\r\n{"query":`, 408, 'BAD_USER_INPUT'],
    ['stops in its headers', HEAD, 408, 'BAD_USER_INPUT'],
    ['has endless headers', `${HEAD}x: ${'x'.repeat(20_000)}`, 431, 'QUERY_REFUSED'],
    ['is no HTTP', 'GET\r\n\r\n', 400, 'BAD_USER_INPUT'],
  ])) {
    test(`a request that ${name} is ended by name`, async () => {
      const { hostname, port } = new URL(stage.origin)
      const socket = net.connect(Number(port), hostname)
      socket.write(sent)
      const said = await text(socket)
      assert.match(said, new RegExp(`^HTTP/1.1 ${status} `))
      assert.equal(codeOf(JSON.parse(said.slice(said.indexOf('{')))), code)
      assert.deepEqual((await stage.services.seen()).calls, {})
    })
  }

  test('what follows a stream of events and is no request ends it, and never stands in it', async () => {
    const { hostname, port } = new URL(stage.origin)
    const socket = net.connect(Number(port), hostname).setEncoding('utf8')
    let said = ''
    socket.on('data', (piece) => (said += piece))
    const closed = once(socket, 'close')
    const body = JSON.stringify({ query: 'subscription { issueUpdated(id: "issue_1") { id } }' })
    const headers = `accept: text/event-stream\r\nauthorization: Bearer ${token}\r\n`
    socket.write(`${HEAD}${headers}content-length: ${body.length}\r\n\r\n${body}`)
    await eventually(() => said.includes('event: next'), 'the state as it is')

    socket.write('GET\r\n\r\n')
    await closed

    assert.equal(said.split('HTTP/1.1 ').length, 2)
    assert.doesNotMatch(said, /BAD_USER_INPUT/)
  })

  test('a body without a length that is short enough is read', async () => {
    const response = await fetch(`${stage.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: new Blob(['{"query":"{ openDoor }"}']).stream(),
      ...{ duplex: 'half' },
    })
    assert.deepEqual(await response.json(), { data: { openDoor: 'open' } })
  })

  test('what cannot be read is the asker’s mistake, and says which', async () => {
    for (const [asked, message] of /** @type {const} */ ([
      [{ query: '{ openDoor' }, /^查询有误，请检查：Syntax Error/],
      [{ query: '{ nothing }' }, /^查询有误，请检查：Cannot query field "nothing"/],
      [{ query: 'query ($n: Int!) { intakes(first: $n) { edges { cursor } } }' }, /^查询有误，请检查：Variable "\$n"/],
      [{ query: 'query A { openDoor } query B { openDoor }' }, /^查询有误，请检查：.*name of an operation/],
      [{}, /^查询有误，请检查：.*query string/],
    ])) {
      const { body } = await stage.ask({ ...asked, token })
      assert.equal(codeOf(body), 'BAD_USER_INPUT')
      assert.match(body.errors[0].message, message)
    }
  })

  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
    test(`a body that does not say it is JSON is not read: "${type}"`, async () => {
      await stage.services.forget()
      const response = await fetch(`${stage.origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': type, authorization: `Bearer ${token}` },
        body: type.includes('form-u')
          ? new URLSearchParams({ query: 'mutation { acknowledge(id: "form") { id } }' }).toString()
          : '{"query":"mutation { acknowledge(id: \\"form\\") { id } }"}',
      })
      assert.equal(response.status, 415)
      const body = await response.json()
      assert.deepEqual(body.errors[0].extensions, { code: 'BAD_USER_INPUT' })
      assert.match(body.errors[0].message, /application\/json/)
      assert.deepEqual((await stage.services.seen()).calls, {})
    })
  }

  test('a query that is no good is not logged as a failure of the engine', async () => {
    const before = stage.logged.length
    for (const query of ['{ openDoor', '{ nothing }', 'query A { openDoor } query B { openDoor }']) {
      assert.equal(codeOf((await stage.ask({ query, token })).body), 'BAD_USER_INPUT')
    }
    const loud = stage.logged.slice(before).filter((line) => /"level":"(error|warning)"/.test(line))
    assert.deepEqual(loud, [])
  })

  test('a body that is no JSON is the asker’s mistake', async () => {
    const response = await fetch(`${stage.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":',
    })
    assert.equal(codeOf(await response.json()), 'BAD_USER_INPUT')
  })

  test('a mutation by GET is refused', async () => {
    const asked = new URLSearchParams({ query: 'mutation { acknowledge(id: "x") { id } }' })
    const response = await fetch(`${stage.origin}/graphql?${asked}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    assert.equal(response.status, 405)
    assert.equal(codeOf(await response.json()), 'BAD_USER_INPUT')
    assert.deepEqual((await stage.services.seen()).calls, {})
  })
})

describe('rates', () => {
  /** @type {Stage} */
  let stage
  before(async () => {
    const environment = { REQUESTS_PER_MINUTE: '60', ANONYMOUS_REQUESTS_PER_MINUTE: '30', ENVIRONMENT: 'development' }
    stage = await Stage.set(environment, () => now)
  })
  after(() => stage.strike())
  let now = 0
  /** Every bucket is full again. */
  beforeEach(() => void (now += 3_600_000))

  test('an account that asks too often is refused, by name to nobody; another is not', async () => {
    const often = await stage.residents.token({ sub: 'account_often' })
    const bodies = []
    for (let n = 0; n < 11; n += 1) {
      bodies.push((await stage.ask({ query: '{ openDoor }', token: often })).body)
    }
    assert.equal(codeOf(bodies[0]), null)
    const { errors } = bodies[10]
    assert.equal(errors[0].extensions.code, 'RATE_LIMITED')
    assert.equal(errors[0].extensions.retryAfterSeconds, 1)
    assert.equal(JSON.stringify(errors).includes('account_often'), false)
    const calm = await stage.residents.token({ sub: 'account_calm' })
    assert.equal(codeOf((await stage.ask({ query: '{ openDoor }', token: calm })).body), null)
  })

  test('an address without a token has a smaller share', async () => {
    const codes = []
    for (let n = 0; n < 7; n += 1) codes.push(codeOf((await stage.ask({ query: '{ openDoor }' })).body))
    assert.deepEqual(codes, [null, null, null, null, null, 'RATE_LIMITED', 'RATE_LIMITED'])
    now += 2_000
    assert.equal(codeOf((await stage.ask({ query: '{ openDoor }' })).body), null)
  })

  test('bad tokens are counted by address, whatever they are', async () => {
    const codes = []
    for (let n = 0; n < 6; n += 1) {
      codes.push(codeOf((await stage.ask({ query: '{ openDoor }', token: `a.b.${n}` })).body))
    }
    assert.deepEqual(codes, [...Array(5).fill('UNAUTHENTICATED'), 'RATE_LIMITED'])
    assert.equal(codeOf((await stage.ask({ query: '{ openDoor }' })).body), 'RATE_LIMITED')
  })

  test('sockets with bad tokens are counted too', async () => {
    const codes = []
    for (let n = 0; n < 6; n += 1) {
      const socket = overSocket(stage.origin, { token: `a.b.${n}`, payload: { query: '{ openDoor }' } })
      await eventually(() => socket.closed.length === 1, 'closed')
      codes.push(socket.closed[0]?.code)
    }
    assert.deepEqual(codes, [...Array(5).fill(4401), 1013])
  })
})
