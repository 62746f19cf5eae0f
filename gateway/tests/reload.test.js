import assert from 'node:assert/strict'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { after, afterEach, before, describe, test } from 'node:test'
import { codeOf, eventually, Stage } from './kit/stage.js'
import { overEvents, overSocket } from './kit/subscriber.js'

const UPDATES = { query: 'subscription { issueUpdated(id: "kept") { id revision } }' }

describe('a new supergraph', () => {
  /** @type {Stage} */
  let stage
  /** @type {string} */
  let token
  /** @type {string} */
  let old
  before(async () => {
    stage = await Stage.set({ REQUESTS_PER_MINUTE: '1000000' })
    token = await stage.residents.token()
    old = await readFile(stage.path('supergraph.graphql'), 'utf8')
  })
  after(() => stage.strike())
  afterEach(() => use(old))

  /** The old one without the field `openDoor`. */
  const smaller = () => old.replace(/^ *openDoor: .*\n/m, '')
  /** @param {string} text as a deployment does it: written beside, then moved into place */
  const replace = async (text) => {
    await writeFile(stage.path('next.graphql'), text)
    await rename(stage.path('next.graphql'), stage.path('supergraph.graphql'))
  }
  /** @param {string} text */
  const use = async (text) => {
    await replace(text)
    await stage.gateway?.reload()
  }
  const isThere = async () => codeOf((await stage.ask({ query: '{ openDoor }', token })).body) === null

  test('is taken when its file changes', async () => {
    assert.equal(await isThere(), true)
    await replace(smaller())
    await eventually(async () => !(await isThere()), 'the field is gone')
    const { body } = await stage.ask({ query: '{ openDoor }', token })
    assert.equal(codeOf(body), 'BAD_USER_INPUT')
  })

  test('is taken under load without a failed request, whatever is in flight', async () => {
    let stop = false
    const counted = { answered: 0, failed: 0 }
    const client = async () => {
      while (!stop) {
        const { status, body } = await stage.ask({ query: '{ me { id displayName } }', token })
        counted.answered += 1
        if (status !== 200 || body.data?.me?.id !== 'account_1') counted.failed += 1
      }
    }
    const clients = Array.from({ length: 8 }, client)
    const slow = stage.ask({ query: '{ slow(seconds: 1.5) }', token })
    const slowMutation = stage.ask({ query: 'mutation { acknowledge(id: "s") { revision } }', token })
    for (const text of [smaller(), old, smaller(), old]) {
      const before = counted.answered
      await use(text)
      await eventually(() => counted.answered > before + 20, 'more requests')
    }
    stop = true
    await Promise.all(clients)
    assert.equal(counted.failed, 0)
    assert.ok(counted.answered > 80)
    assert.deepEqual((await slow).body, { data: { slow: 'done' } })
    assert.deepEqual((await slowMutation).body, { data: { acknowledge: { revision: 1 } } })
  })

  test('that is the same as before disturbs no stream', async () => {
    const socket = overSocket(stage.origin, { token, payload: UPDATES })
    await eventually(() => socket.results.length === 1, 'subscribed')
    await use(old)
    await stage.gateway?.reload()
    await stage.ask({ query: 'mutation { acknowledge(id: "kept") { revision } }', token })
    await eventually(() => socket.results.length === 2, 'the change')
    assert.deepEqual(socket.closed, [])
    await socket.leave()
  })

  test('brings the operations with it that came beside it', async () => {
    const manifest = await readFile(stage.path('manifest-console.json'), 'utf8')
    const id = await stage.idOf('console', 'Inbox')
    await stage.write('manifest-console.json', manifest.replace(/"operations": \[[^]*\]/, '"operations": []'))
    await stage.gateway?.reload()
    const { body } = await stage.ask({ documentId: id, variables: { first: 1 }, token })
    assert.equal(codeOf(body), 'QUERY_REFUSED')
    await stage.write('manifest-console.json', manifest)
    await stage.gateway?.reload()
    const again = await stage.ask({ documentId: id, variables: { first: 1 }, token })
    assert.equal(codeOf(again.body), null)
  })

  test('makes streams reconnect, and they go on', async () => {
    const socket = overSocket(stage.origin, { token, retry: true, payload: UPDATES })
    const events = await overEvents(stage.origin, { token, payload: UPDATES })
    await eventually(() => socket.results.length === 1 && events.results.length === 1, 'subscribed')
    await use(smaller())
    await eventually(() => socket.results.length === 2, 'the socket has the current state again')
    assert.equal(socket.closed[0]?.code, 1012)
    await eventually(() => events.done, 'the event stream is cut off')
    assert.equal(events.events.includes('complete'), false)
    await socket.leave()
  })

  for (const [name, text] of /** @type {const} */ ([
    ['no GraphQL', 'type Query {'],
    ['no supergraph', 'type Query { a: Int }'],
    ['empty', ''],
    ['half of one', null],
  ])) {
    test(`is refused if it is ${name}: the old one stays, and the log says so`, async () => {
      stage.logged.length = 0
      await use(text ?? old.slice(0, old.length / 2))
      assert.equal(await isThere(), true)
      const lines = stage.logged.map((line) => JSON.parse(line))
      const line = lines.find(({ event }) => event === 'supergraph not reloaded, the old one stays')
      assert.equal(line.level, 'error')
      assert.match(line.error, /supergraph\.graphql/)
      assert.match((await stage.get('/metrics')).text, /reloads_total\{outcome="refused"\} \d/)
    })
  }

  test('that is gone is refused as well', async () => {
    await rename(stage.path('supergraph.graphql'), stage.path('away.graphql'))
    await stage.gateway?.reload()
    assert.equal(await isThere(), true)
  })

  test('lets the engine of the old one go', async () => {
    await eventually(() => stage.gateway?.enginesLeaving() === 0, 'the old engines are gone')
  })
})
