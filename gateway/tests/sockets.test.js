import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { afterEach, describe, test } from 'node:test'
import { Places } from '../src/places.js'
import { Socket } from '../src/socket.js'
import { Streams } from '../src/streams.js'
import { codeOf, eventually, Stage } from './kit/stage.js'
import { overEvents, overSocket } from './kit/subscriber.js'

const UPDATES = { query: 'subscription { issueUpdated(id: "s") { id } }' }
const PERSISTED = 'LogInStaff'

describe('connections that want to be sockets', () => {
  /** @type {Stage} */
  let stage
  afterEach(() => stage.strike())

  /** @param {string} path @param {import('node:net').NetConnectOpts} [options] */
  const upgrade = async (path, options) => {
    const port = Number(new URL(stage.origin).port)
    const socket = net.connect({ port, host: '127.0.0.1', ...options })
    socket.on('error', () => {})
    await once(socket, 'connect')
    const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n`)
    return socket
  }

  test('may be reset at any time: the gateway lives', async () => {
    stage = await Stage.set()
    for (const path of ['/x', '/graphql']) {
      for (let n = 0; n < 20; n += 1) {
        const socket = await upgrade(path)
        if (n % 2) await once(socket, 'data')
        socket.resetAndDestroy()
        await once(socket, 'close')
      }
    }
    assert.equal((await stage.get('/live')).status, 200)
  })

  test('and are refused do not keep the gateway from stopping', async () => {
    stage = await Stage.set({ DRAIN_SECONDS: '0.2' })
    const socket = await upgrade('/x', /** @type {any} */ ({ allowHalfOpen: true }))
    const [answer] = await once(socket, 'data')
    assert.match(String(answer), /^HTTP\/1.1 404/)
    await stage.gateway?.stop()
    socket.destroy()
  })

  test('and never say who they are do not either', async () => {
    stage = await Stage.set({ DRAIN_SECONDS: '0.2' })
    const socket = await upgrade('/graphql', /** @type {any} */ ({ allowHalfOpen: true }))
    await once(socket, 'data')
    await stage.gateway?.stop()
    socket.destroy()
  })

  test('are so many of one address, event streams included, and no more', async () => {
    stage = await Stage.set({ SOCKETS_PER_ADDRESS: '2' })
    const token = await stage.residents.token()
    const socket = overSocket(stage.origin, { token, payload: UPDATES })
    const events = await overEvents(stage.origin, { token, payload: UPDATES })
    await eventually(() => socket.results.length + events.results.length === 2, 'both subscribed')
    const third = await upgrade('/graphql')
    const [answer] = await once(third, 'data')
    assert.match(String(answer), /^HTTP\/1.1 429/)
    const fourth = await overEvents(stage.origin, { token, payload: UPDATES })
    await eventually(() => fourth.done, 'refused')
    assert.equal(codeOf(fourth.results[0]), 'RATE_LIMITED')
    await socket.leave()
    await eventually(async () => {
      const again = await upgrade('/graphql')
      const [text] = await once(again, 'data')
      again.destroy()
      return /^HTTP\/1.1 101/.test(String(text))
    }, 'the place is free again')
    await events.leave()
  })

  test('carry so many subscriptions at a time and no more', async () => {
    stage = await Stage.set({ SUBSCRIPTIONS_PER_SOCKET: '1' })
    const token = await stage.residents.token()
    const socket = overSocket(stage.origin, { token, payload: UPDATES })
    await eventually(() => socket.results.length === 1, 'the first')
    const results = await socket.also(UPDATES)
    assert.equal(codeOf(results[0]), 'QUERY_REFUSED')
    assert.deepEqual(socket.closed, [])
    await socket.leave()
  })

  test('without a token live shortly in production', async () => {
    stage = await Stage.set({ ANONYMOUS_SOCKET_SECONDS: '0.2' })
    const extensions = { persistedQuery: { sha256Hash: await stage.idOf('anonymous', PERSISTED) } }
    const socket = overSocket(stage.origin, { payload: { query: '', extensions, variables: {} }, lazy: false })
    await eventually(() => socket.closed.length === 1, 'closed')
    assert.deepEqual(socket.closed, [{ code: 4401, reason: 'Log in' }])
  })
})

describe('streams that open too late', () => {
  const metrics = /** @type {any} */ ({ closedStreams: { inc() {} } })
  const log = /** @type {any} */ ({ debug() {} })
  const stream = () => {
    /** @type {string[]} */
    const ended = []
    return { identity: null, isFedBy: () => false, ended, end: (/** @type {string} */ reason) => void ended.push(reason) }
  }

  test('are ended at once when the gateway stops, or their supergraph was replaced', () => {
    const streams = new Streams({ metrics, log, anonymousSeconds: null })
    const [kept, retired, late] = [stream(), stream(), stream()]
    streams.add(kept, { retired: false })
    streams.add(retired, { retired: true })
    assert.deepEqual([kept.ended, retired.ended, streams.size], [[], ['reloaded'], 1])
    streams.endAll()
    streams.add(late)
    assert.deepEqual([kept.ended, late.ended, streams.size], [['stopping'], ['stopping'], 0])
  })

  test('make their socket reconnect', async () => {
    /** @type {number[]} */
    const closed = []
    const socket = new Socket(/** @type {any} */ ({ close: (/** @type {number} */ code) => closed.push(code) }), null, undefined, 5)
    const generation = /** @type {any} */ ({ retired: false, enter: () => () => {} })
    const results = async function* () {
      yield { data: {} }
    }
    await socket.run(generation, async () => results())
    assert.deepEqual(closed, [])
    await socket.run(generation, async () => {
      generation.retired = true
      return results()
    })
    await eventually(() => closed.length === 1, 'closed')
    assert.deepEqual(closed, [1012])
  })

  test('a place is given back once', () => {
    const places = new Places(1)
    const leave = places.take('a')
    assert.equal(places.take('a'), null)
    leave?.()
    leave?.()
    assert.ok(places.take('a'))
    assert.equal(places.take('a'), null)
  })
})
