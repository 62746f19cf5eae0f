import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { auditServer } from 'graphql-http'
import { Stage } from './kit/stage.js'

describe('pages', () => {
  /** @type {Stage} */
  let development
  /** @type {Stage} */
  let production
  before(async () => {
    ;[development, production] = await Promise.all([
      Stage.set({ ENVIRONMENT: 'development', ANONYMOUS_REQUESTS_PER_MINUTE: '100000' }),
      Stage.set({ ENVIRONMENT: 'production' }),
    ])
  })
  after(() => Promise.all([development.strike(), production.strike()]))

  /** @param {Stage} stage */
  const graphiql = (stage) =>
    fetch(`${stage.origin}/graphql`, { headers: { accept: 'text/html,application/xhtml+xml' } })

  test('GraphiQL is there in development, whole: it loads nothing from elsewhere', async () => {
    const response = await graphiql(development)
    const html = await response.text()
    assert.equal(response.status, 200)
    assert.match(html, /renderYogaGraphiQL/)
    const outside = [
      ...html.matchAll(/<(?:script|link|img|iframe)[^>]*\s(?:src|href)=["']?(?:https?:)?\/\/[^\s>]*/g),
      ...html.matchAll(/@import\s+(?:url\()?["']?(?:https?:)?\/\/[^;]*/g),
      ...html.matchAll(/url\(["']?(?:https?:)?\/\/[^)]*\)/g),
    ].map(([found]) => found)
    assert.deepEqual(outside, [])
  })

  test('GraphiQL is not there in production', async () => {
    const response = await graphiql(production)
    assert.notEqual(response.status, 200)
    assert.doesNotMatch(await response.text(), /GraphiQL/i)
  })

  test('nothing else is served', async () => {
    for (const path of ['/', '/graphql/', '/healthcheck', '/readiness', '/../etc/passwd']) {
      const { status, text } = await production.get(path)
      assert.equal(status, 404, path)
      const [{ message, extensions }] = JSON.parse(text).errors
      assert.deepEqual([message, extensions], ['这里没有内容，请使用 /graphql。', { code: 'BAD_USER_INPUT' }])
    }
  })

  test('/live, /ready and /metrics answer', async () => {
    assert.deepEqual(JSON.parse((await production.get('/live')).text), { live: true })
    assert.deepEqual(JSON.parse((await production.get('/ready')).text), { ready: true, notReady: [] })
    assert.match((await production.get('/metrics')).text, /^# HELP gateway_operations_total/m)
  })

  test('every audit of GraphQL over HTTP passes, the optional ones too', async () => {
    const audits = await auditServer({ url: `${development.origin}/graphql` })
    const failed = audits.filter(({ status }) => status !== 'ok').map(({ name }) => name)
    assert.deepEqual(failed, [])
    assert.ok(audits.length > 60)
  })

  test('no page elsewhere may read answers', async () => {
    const response = await fetch(`${production.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' },
      body: '{"query":"{ openDoor }"}',
    })
    assert.equal(response.headers.get('access-control-allow-origin'), null)
  })
})
