import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { codeOf, Stage } from './kit/stage.js'

describe('persisted operations in production', () => {
  /** @type {Stage} */
  let stage
  /** @type {Record<string, string>} */
  const tokens = {}
  before(async () => {
    stage = await Stage.set()
    tokens['clerk'] = await stage.residents.token()
    tokens['phone'] = await stage.residents.token({ scope: 'role:resident', client: 'miniprogram' })
    tokens['staffPhone'] = await stage.residents.token({ scope: 'role:clerk', client: 'miniprogram' })
    tokens['residentPortal'] = await stage.residents.token({ scope: 'role:resident', client: 'portal' })
    tokens['noRole'] = await stage.residents.token({ scope: '' })
  })
  after(() => stage.strike())

  const open = { query: '{ openDoor }' }

  for (const who of ['phone', 'staffPhone', 'residentPortal', 'noRole']) {
    test(`a text of one's own is refused: ${who}`, async () => {
      await stage.services.forget()
      const { body } = await stage.ask({ ...open, token: tokens[who] })
      assert.deepEqual(body, {
        errors: [
          {
            message: '查询超出限制，已被拒绝。',
            extensions: { code: 'QUERY_REFUSED', limit: 'persistedOperationsOnly' },
          },
        ],
      })
      assert.deepEqual((await stage.services.seen()).calls, {})
    })
  }

  test("a text of one's own is refused without a token", async () => {
    assert.equal(codeOf((await stage.ask(open)).body), 'QUERY_REFUSED')
  })

  test('staff at the console may ask what they like', async () => {
    assert.deepEqual((await stage.ask({ ...open, token: tokens['clerk'] })).body, { data: { openDoor: 'open' } })
  })

  test('a persisted one is found by documentId, with and without the prefix, and by its hash', async () => {
    const id = await stage.idOf('miniprogram', 'Home')
    const variables = { id: 'c' }
    for (const asked of [
      { documentId: id },
      { documentId: `sha256:${id}` },
      { extensions: { persistedQuery: { version: 1, sha256Hash: id } } },
    ]) {
      const { body } = await stage.ask({ ...asked, variables, token: tokens['phone'] })
      assert.deepEqual(body, {
        data: {
          community: { name: '八家庄', issueFigures: { received: 5 }, outreachFigures: { commentsReceived: 3 } },
        },
      })
    }
  })

  test('it is found by GET', async () => {
    const id = await stage.idOf('miniprogram', 'Home')
    const asked = new URLSearchParams({ documentId: id, variables: '{"id":"c"}' })
    const response = await fetch(`${stage.origin}/graphql?${asked}`, {
      headers: { authorization: `Bearer ${tokens['phone']}` },
    })
    assert.equal((await response.json()).data.community.name, '八家庄')
  })

  test('the logins need no token', async () => {
    const documentId = await stage.idOf('anonymous', 'LogInStaff')
    const { body } = await stage.ask({ documentId, variables: { username: 'wang' } })
    assert.equal(body.data.logInStaff.accessToken, 'token')
  })

  test("one client's operations are not another's", async () => {
    const documentId = await stage.idOf('console', 'Inbox')
    const { body } = await stage.ask({ documentId, variables: { first: 1 }, token: tokens['phone'] })
    assert.equal(body.errors[0].extensions.limit, 'unknownPersistedOperation')
    assert.equal(body.errors[0].message, '未登记的操作，请更新后重试。')
    assert.equal(codeOf((await stage.ask({ documentId, variables: { first: 1 } })).body), 'QUERY_REFUSED')
  })

  test('an id that no manifest has is refused, also to staff', async () => {
    const { body } = await stage.ask({ documentId: '0'.repeat(64), token: tokens['clerk'] })
    assert.equal(codeOf(body), 'QUERY_REFUSED')
  })

  test('a text sent along with a made-up hash is not let in by it', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } }
    const { body } = await stage.ask({ ...open, extensions, token: tokens['phone'] })
    assert.equal(codeOf(body), 'QUERY_REFUSED')
    const again = await stage.ask({ extensions, token: tokens['phone'] })
    assert.equal(codeOf(again.body), 'QUERY_REFUSED')
  })

  test('a text sent along with a known id is not executed in its place', async () => {
    const documentId = await stage.idOf('miniprogram', 'Home')
    const { body } = await stage.ask({ ...open, documentId, variables: { id: 'c' }, token: tokens['phone'] })
    assert.deepEqual(Object.keys(body.data), ['community'])
  })

  test('introspection is refused to everybody', async () => {
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Query") { name } }', '{ ...F } fragment F on Query { __schema { types { name } } }']) {
      const { body } = await stage.ask({ query, token: tokens['clerk'] })
      assert.equal(body.errors[0].extensions.limit, 'introspection')
    }
  })

  test('a slip of the pen is not answered with what else there is', async () => {
    const { body } = await stage.ask({ query: '{ openDoo }', token: tokens['clerk'] })
    assert.equal(codeOf(body), 'BAD_USER_INPUT')
    assert.equal(JSON.stringify(body).includes('openDoor'), false)
  })
})

describe('persisted operations in development', () => {
  /** @type {Stage} */
  let stage
  before(async () => {
    stage = await Stage.set({ ENVIRONMENT: 'development' })
  })
  after(() => stage.strike())

  test('nothing is refused for not being persisted', async () => {
    const token = await stage.residents.token({ scope: 'role:resident', client: 'miniprogram' })
    assert.deepEqual((await stage.ask({ query: '{ openDoor }', token })).body.data, { openDoor: 'open' })
    assert.deepEqual((await stage.ask({ query: '{ openDoor }' })).body.data, { openDoor: 'open' })
    const { body } = await stage.ask({ query: '{ __schema { queryType { name } } }' })
    assert.equal(body.data.__schema.queryType.name, 'Query')
  })
})
