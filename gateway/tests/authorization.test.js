import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { codeOf, Stage } from './kit/stage.js'

describe('who may read what', () => {
  /** @type {Stage} */
  let stage
  /** @type {string} */
  let clerk
  /** @type {string} */
  let resident
  before(async () => {
    stage = await Stage.set({ ENVIRONMENT: 'development' })
    clerk = await stage.residents.token()
    resident = await stage.residents.token({ scope: 'role:resident', client: 'portal' })
  })
  after(() => stage.strike())

  test('@authenticated: null and UNAUTHENTICATED without a token, the rest stands', async () => {
    const { body } = await stage.ask({ query: '{ openDoor mine: me { id } }' })
    assert.deepEqual(body.data, { openDoor: 'open', mine: null })
    assert.deepEqual(body.errors.map(brief), [['UNAUTHENTICATED', ['mine']]])
  })

  test('@requiresScopes: null and FORBIDDEN with another role, the rest stands', async () => {
    const { body } = await stage.ask({ query: '{ openDoor inbox { edges { cursor } } }', token: resident })
    assert.deepEqual(body.data, { openDoor: 'open', inbox: null })
    assert.deepEqual(body.errors.map(brief), [['FORBIDDEN', ['inbox']]])
  })

  test('one of several roles is enough', async () => {
    const secretary = await stage.residents.token({ scope: 'role:resident role:secretary' })
    const { body } = await stage.ask({ query: '{ inbox(first: 1) { edges { cursor } } }', token: secretary })
    assert.deepEqual(body, { data: { inbox: { edges: [{ cursor: 'intake_0' }] } } })
  })

  test('a refused field is never asked of its service', async () => {
    await stage.services.forget()
    await stage.ask({ query: '{ openDoor inbox { edges { cursor } } }', token: resident })
    assert.deepEqual(Object.keys((await stage.services.seen()).calls).sort(), ['openDoor', 'requests to residents'])
  })

  test('in a list each is null, and what lies beside it, also elsewhere, is there', async () => {
    const query = '{ intakes(first: 2) { edges { node { id note comment { text } } } } }'
    const { body } = await stage.ask({ query, token: resident })
    assert.deepEqual(
      body.data.intakes.edges.map((/** @type {any} */ { node }) => node),
      [0, 1].map((n) => ({ id: `intake_${n}`, note: null, comment: { text: `留言 comment_of_intake_${n}` } })),
    )
  })

  test('one that may not be null empties what holds it', async () => {
    const { body } = await stage.ask({ query: '{ openDoor me { id badge } }', token: resident })
    assert.deepEqual(body.data, { openDoor: 'open', me: null })
    assert.equal(codeOf(body), 'FORBIDDEN')
  })

  test('fragments and aliases hide nothing', async () => {
    const query = `{ ...F ... on Query { b: intakes(first: 1) { edges { node { n: note } } } } }
      fragment F on Query { a: inbox { edges { cursor } } }`
    const { body } = await stage.ask({ query, token: resident })
    assert.deepEqual(body.data, { a: null, b: { edges: [{ node: { n: null } }] } })
    assert.deepEqual(body.errors.map(brief), [
      ['FORBIDDEN', ['a']],
      ['FORBIDDEN', ['b', 'edges', 'node', 'n']],
    ])
  })

  test('the same document serves first one who may not and then one who may', async () => {
    const query = '{ issue(id: "same") { id reporter } }'
    assert.equal((await stage.ask({ query })).body.data.issue.reporter, null)
    assert.equal((await stage.ask({ query, token: clerk })).body.data.issue.reporter, 'person_1')
    assert.equal((await stage.ask({ query, token: resident })).body.data.issue.reporter, null)
  })

  test('a refused mutation does nothing', async () => {
    await stage.services.forget()
    const { body } = await stage.ask({ query: 'mutation { acknowledge(id: "x") { id } }', token: resident })
    assert.deepEqual(body.data, { acknowledge: null })
    assert.equal(codeOf(body), 'FORBIDDEN')
    assert.deepEqual((await stage.services.seen()).calls, {})
  })

  test('a mutation beside a refused one does nothing either', async () => {
    await stage.services.forget()
    const query = 'mutation { logInStaff(username: "a") { __typename } acknowledge(id: "x") { id } }'
    const { body } = await stage.ask({ query, token: resident })
    assert.deepEqual(body.data, { logInStaff: null, acknowledge: null })
    assert.deepEqual((await stage.services.seen()).calls, {})
  })

  const CONDITIONAL = /** @type {const} */ ([
    ['@include', 'inbox @include(if: $s) { edges { cursor } }', ''],
    ['@skip', 'inbox @skip(if: $not) { edges { cursor } }', ''],
    ['an inline fragment', '... @include(if: $s) { inbox { edges { cursor } } }', ''],
    ['a fragment', '...F @include(if: $s)', 'fragment F on Query { inbox { edges { cursor } } }'],
    ['a field around it', 'intakes(first: 1) @include(if: $s) { edges { node { note } } }', ''],
  ])
  for (const [name, selection, fragment] of CONDITIONAL) {
    test(`what is left out by ${name} is not refused; what is not left out is`, async () => {
      const query = `query ($s: Boolean!, $not: Boolean = false) {
        openDoor ${selection} again: openDoor @include(if: $not) @skip(if: $s) } ${fragment}`
      const without = await stage.ask({ query, variables: { s: false, not: true } })
      assert.deepEqual(without.body, { data: { openDoor: 'open', again: 'open' } })
      const { body } = await stage.ask({ query, variables: { s: true } })
      assert.equal(codeOf(body), 'UNAUTHENTICATED')
      assert.doesNotMatch(JSON.stringify(body.data), /记录|cursor/)
      assert.equal((await stage.ask({ query, variables: { s: true }, token: clerk })).body.errors, undefined)
    })
  }

  test('a refused mutation that is left out keeps nothing else from being done', async () => {
    await stage.services.forget()
    const query = `mutation ($s: Boolean!) { logInStaff(username: "a") { __typename }
      acknowledge(id: "conditional") @include(if: $s) { id } }`
    const refused = await stage.ask({ query, variables: { s: true }, token: resident })
    assert.deepEqual(refused.body.data, { logInStaff: null, acknowledge: null })
    assert.equal(codeOf(refused.body), 'FORBIDDEN')
    assert.deepEqual((await stage.services.seen()).calls, {})
    const { body } = await stage.ask({ query, variables: { s: false }, token: resident })
    assert.equal(body.errors, undefined)
    assert.deepEqual(Object.keys(body.data), ['logInStaff'])
    assert.equal((await stage.services.seen()).calls['acknowledge'], undefined)
  })

  test('alone and left out it is nothing, without an error', async () => {
    const query = 'query ($s: Boolean!) { inbox @include(if: $s) { edges { cursor } } }'
    assert.deepEqual((await stage.ask({ query, variables: { s: false } })).body, { data: {} })
    const { body } = await stage.ask({ query, variables: { s: true } })
    assert.deepEqual([body.data, codeOf(body)], [{ inbox: null }, 'UNAUTHENTICATED'])
  })
})

/** @param {any} error */
function brief({ extensions, path }) {
  return [extensions.code, path]
}
