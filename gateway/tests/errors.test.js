import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Stage } from './kit/stage.js'

const SECRET = /secret|hunter2|Traceback|RuntimeError/

describe('what services say of their failures', () => {
  /** @type {Stage} */
  let stage
  /** @type {string} */
  let token
  before(async () => {
    stage = await Stage.set()
    token = await stage.residents.token()
  })
  after(() => stage.strike())

  /** @param {string} query */
  const ask = async (query) => (await stage.ask({ query, token })).body

  test('an unexpected one is INTERNAL with an id that is in the log, and nothing else', async () => {
    const body = await ask('{ openDoor crash }')
    assert.deepEqual(body.data, { openDoor: 'open', crash: null })
    const [{ message, path, extensions, ...rest }] = body.errors
    assert.deepEqual([message, path, rest], ['系统出现问题，请稍后重试。', ['crash'], {}])
    assert.deepEqual(Object.keys(extensions), ['code', 'errorId'])
    assert.equal(extensions.code, 'INTERNAL')
    assert.ok(stage.logged.some((line) => line.includes(extensions.errorId)))
  })

  for (const code of ['UNAUTHENTICATED', 'FORBIDDEN', 'BAD_USER_INPUT', 'RATE_LIMITED', 'QUERY_REFUSED']) {
    test(`${code} is passed on, in our words`, async () => {
      const body = await ask(`{ refuse(code: "${code}") }`)
      assert.deepEqual(body.data, { refuse: null })
      assert.deepEqual(body.errors[0].extensions, { code })
      assert.doesNotMatch(JSON.stringify(body), SECRET)
    })
  }

  test('UNAVAILABLE is passed on with the name of the service', async () => {
    const body = await ask('{ refuse(code: "UNAVAILABLE") openDoor }')
    assert.deepEqual(body.data, { refuse: null, openDoor: 'open' })
    assert.deepEqual(body.errors[0].extensions, { code: 'UNAVAILABLE', service: 'residents' })
  })

  test('a code that is not on the list is INTERNAL', async () => {
    const body = await ask('{ refuse(code: "SQL_STATE_42P01") }')
    assert.equal(body.errors[0].extensions.code, 'INTERNAL')
    assert.doesNotMatch(JSON.stringify(body), /SQL_STATE/)
  })

  test('the id that a service gave is kept; what does not look like one is not', async () => {
    const kept = await ask('{ refuse(code: "INTERNAL", errorId: "error_01") }')
    assert.equal(kept.errors[0].extensions.errorId, 'error_01')
    const made = await ask('{ refuse(code: "INTERNAL", errorId: "secret stack: x") }')
    assert.match(made.errors[0].extensions.errorId, /^[0-9a-f-]{36}$/)
  })

  test('nothing that a service wrote reaches a client or the log', async () => {
    for (const query of ['{ crash }', '{ refuse(code: "FORBIDDEN") }', '{ refuse(code: "INTERNAL") }']) {
      const { body } = await stage.ask({ query, token })
      assert.doesNotMatch(JSON.stringify(body), SECRET)
    }
    assert.doesNotMatch(stage.logged.join(''), SECRET)
  })

  test('an expected outcome is data, untouched', async () => {
    const { body } = await stage.ask({
      documentId: await stage.idOf('anonymous', 'LogInStaff'),
      variables: { username: 'nobody' },
    })
    assert.deepEqual(body, {
      data: {
        logInStaff: { __typename: 'LogInRefused', code: 'LOGIN_REFUSED', message: '用户名或密码不正确。' },
      },
    })
  })
})
