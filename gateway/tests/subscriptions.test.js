import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { codeOf, eventually, Stage } from './kit/stage.js'
import { overEvents, overSocket } from './kit/subscriber.js'

const QUERY = `subscription IssueUpdated($id: ID!) {
  issueUpdated(id: $id) { id revision acknowledgedBy { displayName } }
}`

describe('subscriptions', () => {
  /** @type {Stage} */
  let stage
  /** @type {string} */
  let token
  let serial = 0
  before(async () => {
    stage = await Stage.set({ UPSTREAM_TIMEOUT_SECONDS: '1' })
    token = await stage.residents.token()
  })
  after(() => stage.strike())
  beforeEach(() => stage.services.forget())

  const payload = () => ({ query: QUERY, variables: { id: `issue_${(serial += 1)}` } })
  /** @param {{ variables: { id: string } }} payload */
  const acknowledge = async ({ variables }) => {
    const query = 'mutation ($id: ID!) { acknowledge(id: $id) { revision } }'
    const { body } = await stage.ask({ query, variables, token })
    assert.equal(codeOf(body), null)
  }
  /** @param {{ variables: { id: string } }} payload @param {number} revision */
  const result = ({ variables: { id } }, revision) => ({
    data: { issueUpdated: { id, revision, acknowledgedBy: { displayName: '账户 account_1' } } },
  })

  for (const [name, subscribe] of /** @type {const} */ ([
    ['WebSocket', overSocket],
    ['server-sent events', overEvents],
  ])) {
    test(`over ${name}: the state as it is, each change, joined with another service`, async () => {
      const asked = payload()
      const subscriber = await subscribe(stage.origin, { token, payload: asked })
      await eventually(() => subscriber.results.length === 1, 'the state as it is')
      await acknowledge(asked)
      await eventually(() => subscriber.results.length === 2, 'the change')
      assert.deepEqual(subscriber.results, [result(asked, 0), result(asked, 1)])
      await subscriber.leave()
    })

    test(`over ${name}: the token reaches the service, in its first message`, async () => {
      const subscriber = await subscribe(stage.origin, { token, payload: payload() })
      await eventually(() => subscriber.results.length === 1, 'the state as it is')
      const [first] = (await stage.services.seen()).seen
      assert.equal(first.parameters.Authorization, `Bearer ${token}`)
      await subscriber.leave()
    })

    test(`over ${name}: it outlives the time that a query is given`, async () => {
      const asked = payload()
      const subscriber = await subscribe(stage.origin, { token, payload: asked })
      await eventually(() => subscriber.results.length === 1, 'the state as it is')
      const { body } = await stage.ask({ query: '{ slow(seconds: 20) }', token })
      assert.equal(codeOf(body), 'UNAVAILABLE')
      await acknowledge(asked)
      await eventually(() => subscriber.results.length === 2, 'the change')
      await subscriber.leave()
    })

    test(`over ${name}: leaving ends it at the service`, async () => {
      const own = await stage.residents.token()
      const before = stage.services.wire('issues').open
      const subscriber = await subscribe(stage.origin, { token: own, payload: payload() })
      await eventually(() => subscriber.results.length === 1, 'the state as it is')
      assert.ok(stage.services.wire('issues').open > before)
      await subscriber.leave()
      await eventually(() => stage.services.wire('issues').open <= before, 'the upstream socket is closed')
    })

    test(`over ${name}: what fails is masked`, async () => {
      const query = 'subscription { broken { id } }'
      const subscriber = await subscribe(stage.origin, { token, payload: { query } })
      await eventually(() => subscriber.results.length === 2, 'a value and an error')
      const { errors } = subscriber.results[1]
      assert.equal(errors[0].extensions.code, 'INTERNAL')
      assert.doesNotMatch(JSON.stringify(subscriber.results), /secret|hunter2/)
      await subscriber.leave()
    })

    test(`over ${name}: a result that failed does not bring the last one again`, async () => {
      const query = 'subscription { broken { id } }'
      const subscriber = await subscribe(stage.origin, { token, payload: { query } })
      await eventually(() => subscriber.results.length === 2, 'a value and an error')
      assert.deepEqual(subscriber.results[0], { data: { broken: { id: 'issue_1' } } })
      assert.deepEqual(subscriber.results[1].data, { broken: null })
      assert.equal(codeOf(subscriber.results[1]), 'INTERNAL')
      await subscriber.leave()
    })

    test(`over ${name}: a refused field is null in every result`, async () => {
      const resident = await stage.residents.token({ scope: 'role:resident role:steward' })
      const query = 'subscription { issueUpdated(id: "r") { id reporter } }'
      const subscriber = await subscribe(stage.origin, { token: resident, payload: { query } })
      await eventually(() => subscriber.results.length === 1, 'a result')
      assert.deepEqual(subscriber.results[0].data, { issueUpdated: { id: 'r', reporter: null } })
      assert.equal(codeOf(subscriber.results[0]), 'FORBIDDEN')
      await subscriber.leave()
    })

    test(`over ${name}: a refused subscription is not begun`, async () => {
      const steward = await stage.residents.token({ scope: 'role:steward' })
      const query = 'subscription { privateUpdates }'
      const subscriber = await subscribe(stage.origin, { token: steward, payload: { query } })
      await eventually(() => subscriber.done, 'the refusal')
      assert.equal(codeOf(subscriber.results[0]), 'FORBIDDEN')
      assert.deepEqual((await stage.services.seen()).calls, {})
    })

    test(`over ${name}: a phone gets what is persisted, and nothing else`, async () => {
      const phone = await stage.residents.token({ client: 'miniprogram', scope: 'role:resident' })
      const refused = await subscribe(stage.origin, { token: phone, payload: payload() })
      await eventually(() => refused.done, 'the refusal')
      assert.equal(codeOf(refused.results[0]), 'QUERY_REFUSED')
      const extensions = {
        persistedQuery: { version: 1, sha256Hash: await stage.idOf('miniprogram', 'IssueUpdated') },
      }
      const asked = { query: '', extensions, variables: { id: 'p' } }
      const subscriber = await subscribe(stage.origin, { token: phone, payload: asked })
      await eventually(() => subscriber.results.length === 1, 'a result')
      assert.equal(subscriber.results[0].data.issueUpdated.id, 'p')
      await subscriber.leave()
    })
  }

  test('a socket is closed when its token expires, with the code to log in again', async () => {
    const brief = await stage.residents.token({ lifeSeconds: 1 })
    const subscriber = overSocket(stage.origin, { token: brief, payload: payload() })
    await eventually(() => subscriber.results.length === 1, 'the state as it is')
    await eventually(() => subscriber.closed.length === 1, 'closed')
    assert.deepEqual(subscriber.closed, [{ code: 4401, reason: 'Token expired' }])
  })

  test('a socket is closed when its session is revoked, and only that', async () => {
    const ended = await stage.residents.token({ sid: 'session_socket' })
    const asked = payload()
    const [one, other] = [ended, token].map((one) => overSocket(stage.origin, { token: one, payload: asked }))
    assert.ok(one && other)
    await eventually(() => one.results.length + other.results.length === 2, 'both subscribed')
    stage.residents.revoke('session_socket')
    await eventually(() => one.closed.length === 1, 'closed', 5)
    assert.deepEqual(one.closed, [{ code: 4401, reason: 'Session ended' }])
    await acknowledge(asked)
    await eventually(() => other.results.length === 2, 'the other goes on')
    assert.equal(one.results.length, 1)
    await other.leave()
  })

  test('an idle socket is closed as well', async () => {
    const ended = await stage.residents.token({ sid: 'session_idle' })
    const subscriber = overSocket(stage.origin, { token: ended, payload: { query: 'subscription { issueUpdated(id: "i") { id } }' } })
    await eventually(() => subscriber.results.length === 1, 'subscribed')
    stage.residents.revoke('session_idle')
    await eventually(() => subscriber.closed[0]?.code === 4401, 'closed', 5)
  })

  for (const [name, end] of /** @type {const} */ ([
    ['its token expires', null],
    ['its session is revoked', 'session_events'],
  ])) {
    test(`an event stream ends with an error when ${name}`, async () => {
      const brief = await stage.residents.token(end ? { sid: end } : { lifeSeconds: 1 })
      const subscriber = await overEvents(stage.origin, { token: brief, payload: payload() })
      await eventually(() => subscriber.results.length === 1, 'the state as it is')
      if (end) stage.residents.revoke(end)
      await eventually(() => subscriber.done, 'the end', 5)
      assert.equal(codeOf(subscriber.results[1]), 'UNAUTHENTICATED')
      assert.deepEqual(subscriber.events, ['next', 'next', 'complete'])
    })
  }

  test('a socket with a bad token is not opened', async () => {
    const expired = await stage.residents.token({ lifeSeconds: -1 })
    const subscriber = overSocket(stage.origin, { token: expired, payload: payload() })
    await eventually(() => subscriber.closed.length === 1, 'closed')
    assert.equal(subscriber.closed[0]?.code, 4401)
    assert.deepEqual((await stage.services.seen()).calls, {})
  })

  test('queries and mutations pass over a socket too, under the same rules', async () => {
    const subscriber = overSocket(stage.origin, { token, payload: { query: '{ openDoor crash }' } })
    await eventually(() => subscriber.done, 'answered')
    const [{ data, errors }] = subscriber.results
    assert.deepEqual(data, { openDoor: 'open', crash: null })
    assert.deepEqual(Object.keys(errors[0].extensions), ['code', 'errorId'])
    await subscriber.leave()
  })

  test('a subscription to a service that is not there is told so', async () => {
    await stage.services.wire('issues').cut()
    const own = await stage.residents.token()
    const subscriber = overSocket(stage.origin, { token: own, payload: payload() })
    await eventually(() => subscriber.done, 'told')
    assert.deepEqual(subscriber.results.at(-1).errors[0].extensions, {
      code: 'UNAVAILABLE',
      service: 'issues',
    })
    await stage.services.wire('issues').mend()
    await subscriber.leave()
  })

  test('one that is left while its service is away is not opened again', async () => {
    const tokens = await Promise.all(['a', 'b'].map((sub) => stage.residents.token({ sub })))
    const [subscriber, other] = tokens.map((own) => overSocket(stage.origin, { token: own, payload: payload() }))
    assert.ok(subscriber && other)
    await eventually(() => subscriber.results.length + other.results.length === 2, 'the state as it is')
    const wire = stage.services.wire('issues')
    await wire.cut()
    await subscriber.leave()
    await stage.services.forget()
    // As often as it takes the one that stays to come back twice, the other had the time to.
    for (const results of [2, 3]) {
      await wire.mend()
      await eventually(() => other.results.length === results, 'the one that stays is back')
      if (results === 2) await wire.cut()
    }
    assert.equal((await stage.services.seen()).calls['issueUpdated'], 2)
    await other.leave()
  })

  test('a service that goes away does not end the socket: it goes on when it is back', async () => {
    const asked = payload()
    const subscriber = overSocket(stage.origin, { token, payload: asked })
    await eventually(() => subscriber.results.length === 1, 'the state as it is')
    stage.logged.length = 0
    await stage.services.wire('issues').cut()
    const broken = () => stage.logged.filter((line) => line.includes('subscription broken'))
    await eventually(() => broken().length > 2, 'more than one attempt was in vain')
    await stage.services.wire('issues').mend()
    await eventually(() => subscriber.results.length === 2, 'the current state comes again')
    await acknowledge(asked)
    await eventually(() => subscriber.results.length === 3, 'the change')
    assert.deepEqual(subscriber.results.at(-1), result(asked, 1))
    assert.deepEqual(subscriber.closed, [])
    await subscriber.leave()
  })
})
