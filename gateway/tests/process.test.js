import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import { after, before, describe, test } from 'node:test'
import { Program } from './kit/program.js'
import { codeOf, eventually, Stage } from './kit/stage.js'
import { overEvents, overSocket } from './kit/subscriber.js'

const UPDATES = { query: 'subscription { issueUpdated(id: "kept") { id revision } }' }

describe('the program', () => {
  /** @type {Stage} */
  let stage
  /** @type {string} */
  let token
  before(async () => {
    stage = await Stage.prepare()
    token = await stage.residents.token()
  })
  after(() => stage.strike())

  test('SIGTERM: what is in flight is answered, streams are told to reconnect, exit 0', async () => {
    const program = await Program.started(stage.environment())
    const socket = overSocket(program.origin, { token, payload: UPDATES })
    const events = await overEvents(program.origin, { token, payload: UPDATES })
    await eventually(() => socket.results.length === 1 && events.results.length === 1, 'subscribed')
    const slow = program.ask('{ slow(seconds: 2) openDoor }', token)
    await eventually(async () => (await stage.services.seen()).calls['openDoor'], 'in flight')
    program.send('SIGTERM')
    await eventually(() => socket.closed.length === 1 && events.done, 'streams ended')
    assert.equal(socket.closed[0]?.code, 1012)
    assert.equal(events.events.includes('complete'), false)
    await assert.rejects(fetch(`${program.origin}/live`), 'no new connections')
    assert.deepEqual(await slow, { data: { slow: 'done', openDoor: 'open' } })
    assert.deepEqual(await program.ended, { code: 0, signal: null })
    assert.equal(program.log.at(-1)?.event, 'gateway stopped')
    assert.equal(program.error, '')
  })

  test('SIGTERM: a query over a socket is answered before the socket is closed', async () => {
    const program = await Program.started(stage.environment())
    await stage.services.forget()
    const socket = overSocket(program.origin, { token, payload: { query: '{ slow(seconds: 1) openDoor }' } })
    await eventually(async () => (await stage.services.seen()).calls['openDoor'], 'in flight')
    program.send('SIGTERM')
    await eventually(() => socket.done, 'answered')
    assert.deepEqual(socket.results, [{ data: { slow: 'done', openDoor: 'open' } }])
    assert.deepEqual(await program.ended, { code: 0, signal: null })
  })

  test('SIGTERM: a connection kept alive hears of it, and is not held against the end', async () => {
    const program = await Program.started(stage.environment())
    const agent = new http.Agent({ keepAlive: true })
    const request = http.get(`${program.origin}/live`, { agent })
    const [response] = await once(request, 'response')
    response.resume()
    await once(response, 'end')
    program.send('SIGTERM')
    assert.deepEqual(await program.ended, { code: 0, signal: null })
    agent.destroy()
  })

  test('SIGTERM: what does not finish in time is cut off, exit 0', async () => {
    const program = await Program.started(stage.environment({ DRAIN_SECONDS: '0.5' }))
    await stage.services.forget()
    const slow = program.ask('{ slow(seconds: 8) openDoor }', token)
    slow.catch(() => {})
    await eventually(async () => (await stage.services.seen()).calls['openDoor'], 'in flight')
    program.send('SIGTERM')
    assert.deepEqual(await program.ended, { code: 0, signal: null })
    await assert.rejects(slow)
  })

  test('SIGHUP: the supergraph is read again', async () => {
    const program = await Program.started(stage.environment())
    const old = await readFile(stage.path('supergraph.graphql'), 'utf8')
    await stage.write('supergraph.graphql', old.replace(/^ *openDoor: .*\n/m, ''))
    program.send('SIGHUP')
    await eventually(() => program.log.some(({ event }) => event === 'supergraph reloaded'), 'read')
    assert.equal(codeOf(await program.ask('{ openDoor }', token)), 'BAD_USER_INPUT')
    await stage.write('supergraph.graphql', old)
    program.send('SIGTERM')
    assert.deepEqual(await program.ended, { code: 0, signal: null })
  })

  for (const [name, environment, line] of /** @type {const} */ ([
    ['a missing supergraph', { SUPERGRAPH_FILE: '/nowhere/supergraph.graphql' }, /^gateway: \/nowhere\/supergraph\.graphql is not a usable supergraph: ENOENT.*\n$/],
    ['a bad setting', { HTTP_PORT: 'x', ENVIRONMENT: 'staging', JWKS_URL: 'ftp:' }, /^gateway: ENVIRONMENT must be .*; HTTP_PORT must be .*; JWKS_URL must be .*\n$/],
    ['an address that is none', { RESIDENTS_URL: 'somewhere' }, /^gateway: .*supergraph\.graphql: the service residents has no address\n$/],
  ])) {
    test(`does not start with ${name}, and says why in one line`, async () => {
      const program = new Program(stage.environment(environment))
      assert.deepEqual(await program.ended, { code: 1, signal: null })
      assert.match(program.error, line)
    })
  }

  test('does not start with a malformed supergraph, and says why in one line', async () => {
    for (const text of ['type Query {', 'type Query { a: Int }']) {
      await stage.write('bad.graphql', text)
      const program = new Program(stage.environment({ SUPERGRAPH_FILE: stage.path('bad.graphql') }))
      assert.deepEqual(await program.ended, { code: 1, signal: null })
      assert.match(program.error, /^gateway: .*bad\.graphql.*\n$/)
    }
  })

  test('does not start on a port that is taken, and says why in one line', async () => {
    const taken = String(new URL(stage.residents.url).port)
    const program = new Program(stage.environment({ HTTP_PORT: taken }))
    assert.deepEqual(await program.ended, { code: 1, signal: null })
    assert.match(program.error, /^gateway: .*EADDRINUSE.*\n$/)
  })

  test('does not start with manifests that were tampered with', async () => {
    const text = await readFile(stage.path('manifest-console.json'), 'utf8')
    await stage.write('manifest-console.json', text.replace('note', 'id  '))
    const program = new Program(stage.environment())
    assert.deepEqual(await program.ended, { code: 1, signal: null })
    assert.match(program.error, /the id of Inbox is not the hash of its body/)
    await stage.write('manifest-console.json', text)
  })
})
