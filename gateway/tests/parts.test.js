/**
 * The parts that need nothing around them.
 */
import assert from 'node:assert/strict'
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { buildSchema, getOperationAST, parse } from 'graphql'
import { compose } from '../compose.mjs'
import { manifests } from '../manifest.mjs'
import { costOf, shapeOf } from '../src/analysis.js'
import { endable, mapped } from '../src/iterators.js'
import { limits } from '../src/limits.js'
import { withNullAt } from '../src/nulls.js'
import { RateLimit } from '../src/rate.js'
import { isSatisfied, rulesOf } from '../src/rules.js'
import { readSettings } from '../src/settings.js'
import { continueTrace } from '../src/trace.js'

describe('settings', () => {
  test('have a default each', () => {
    const settings = readSettings({})
    assert.equal(settings.httpPort, 4000)
    assert.equal(settings.environment, 'development')
    assert.equal(settings.jwksUrl, 'http://127.0.0.1:4101/jwks.json')
  })

  test('name the address of each service', () => {
    const { serviceUrls } = readSettings({ RESIDENTS_URL: 'http://r/graphql', JWKS_URL: 'http://r/j' })
    assert.deepEqual(serviceUrls, { RESIDENTS: 'http://r/graphql' })
  })

  test('are refused all at once', () => {
    const bad = { HTTP_PORT: '70000', LOG_LEVEL: 'loud', DRAIN_SECONDS: 'soon', TRUSTED_PROXIES: '0.5' }
    assert.throws(() => readSettings(bad), /LOG_LEVEL.*HTTP_PORT.*DRAIN_SECONDS.*TRUSTED_PROXIES/)
  })
})

describe('a rate', () => {
  test('lets a burst pass, then so many in a minute', () => {
    let now = 0
    const rate = new RateLimit({ perMinute: 60, now: () => now })
    const taken = Array.from({ length: 11 }, () => rate.take('a'))
    assert.deepEqual(taken, [...Array(10).fill(0), 1])
    now += 1000
    assert.deepEqual([rate.take('a'), rate.take('a')], [0, 1])
    assert.equal(rate.take('b'), 0)
    now += 3_600_000
    assert.deepEqual(Array.from({ length: 11 }, () => rate.take('a')), [...Array(10).fill(0), 1])
  })
})

describe('a trace', () => {
  for (const bad of [
    undefined,
    '',
    'x',
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`,
    'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01\r\nx: y',
  ]) {
    test(`is begun in place of ${JSON.stringify(bad)}`, () => {
      const { traceId, traceparent } = continueTrace(bad)
      assert.match(traceparent, new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`))
    })
  }
})

const GRAPH = buildSchema(`
  type Query { page(first: Int = 20, last: Int): Page list: [Item!]! one: Item }
  type Page { edges: [Edge!]! total: Int! }
  type Edge { node: Item! }
  type Item { id: ID! next: Item page(first: Int): Page }
`)

describe('cost', () => {
  /** @param {string} query @param {Record<string, unknown>} [variables] */
  const cost = (query, variables = {}) => {
    const document = parse(query)
    const operation = getOperationAST(document)
    assert.ok(operation)
    return costOf(GRAPH, document, operation, variables)
  }

  test('is one for each object, times the page that it is on', () => {
    assert.deepEqual(cost('{ one { id } }'), { cost: 1, longestPage: 0 })
    assert.deepEqual(cost('{ one { next { next { id } } } }'), { cost: 3, longestPage: 0 })
    assert.deepEqual(cost('{ page(first: 5) { edges { node { id } } } }'), { cost: 11, longestPage: 5 })
  })

  test('of pages in pages is their product', () => {
    const query = '{ page(first: 50) { edges { node { page(first: 50) { edges { node { id } } } } } } }'
    assert.equal(cost(query).cost, 1 + 50 * (2 + 1 + 50 * 2))
  })

  test('takes the default of a page, the value of a variable, and a guess for a list', () => {
    assert.equal(cost('{ page { edges { node { id } } } }').longestPage, 20)
    assert.equal(cost('query ($n: Int) { page(first: $n) { total } }', { n: 7 }).longestPage, 7)
    assert.equal(cost('{ page(first: 1, last: 90) { total } }').longestPage, 90)
    assert.equal(cost('{ list { id } }').cost, 10)
  })

  test('follows fragments', () => {
    const query = '{ ...F } fragment F on Query { page(first: 30) { ...G } } fragment G on Page { total }'
    assert.equal(cost(query).longestPage, 30)
  })

  test('a shape counts what fragments write out, without writing it out', () => {
    const steps = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)
    const shape = shapeOf(parse(`{ ...F0 } ${steps.join(' ')} fragment F60 on Query { one { id } }`))
    assert.equal(shape.fields, 2 ** 60 * 2)
    assert.equal(shape.depth, 2)
  })
})

describe('a variable that does not fit', () => {
  const schema = buildSchema('enum Sort { NEWEST } type Query { page(sort: Sort): Int }')
  const document = parse('query ($sort: Sort) { page(sort: $sort) }')
  /** @param {boolean} mayIntrospect */
  const weigh = (mayIntrospect) => () =>
    limits({ mayIntrospect }).onExecute?.(
      /** @type {any} */ ({
        args: { schema, document, variableValues: { sort: 'NEWES' }, contextValue: { call: {} } },
      }),
    )

  test('is refused, and only in development told what would', () => {
    assert.throws(weigh(true), /Did you mean the enum value "NEWEST"/)
    assert.throws(weigh(false), ({ message }) => /"NEWES"/.test(message) && !/Did you|NEWEST/.test(message))
  })
})

describe('rules', () => {
  test('are read by type and field, also where the name has its namespace', () => {
    const rules = rulesOf(`
      type Query { a: Int @authenticated b: Int @federation__requiresScopes(scopes: [["x", "y"], ["z"]]) }
      type Closed @authenticated { c: Int }
    `)
    assert.deepEqual(rules.get('Query.a'), [{ scopes: null }])
    assert.deepEqual(rules.get('Query.b'), [{ scopes: [['x', 'y'], ['z']] }])
    assert.deepEqual(rules.get('Closed'), [{ scopes: null }])
  })

  test('are kept by whoever has one of the lists whole', () => {
    const rule = { scopes: [['x', 'y'], ['z']] }
    /** @param {string[]} scope */
    const who = (scope) => /** @type {any} */ ({ scope })
    assert.equal(isSatisfied(rule, who(['x', 'y'])), true)
    assert.equal(isSatisfied(rule, who(['z'])), true)
    assert.equal(isSatisfied(rule, who(['x'])), false)
    assert.equal(isSatisfied({ scopes: [] }, who(['x'])), false)
    assert.equal(isSatisfied({ scopes: null }, null), false)
  })
})

describe('a null', () => {
  test('goes up to what may be null', () => {
    const data = { a: { list: [{ b: 1 }, { b: 2 }] }, c: 1 }
    assert.deepEqual(withNullAt(data, ['a', 'list', 'b'], [true, false, true]), {
      a: { list: [{ b: null }, { b: null }] },
      c: 1,
    })
    assert.deepEqual(withNullAt(data, ['a', 'list', 'b'], [true, false, false]), { a: null, c: 1 })
    assert.equal(withNullAt(data, ['a', 'list', 'b'], [false, false, false]), null)
    assert.deepEqual(withNullAt({ a: null }, ['a', 'b'], [true, false]), { a: null })
  })
})

describe('streams of values', () => {
  /** An iterable that never has a value, and knows whether it was told to return. */
  const silent = () => {
    const source = {
      returned: 0,
      next: () => new Promise(() => {}),
      return: async () => {
        source.returned += 1
        return { done: true, value: undefined }
      },
      [Symbol.asyncIterator]: () => source,
    }
    return source
  }

  test('one that waits can be ended, and lets its source go', async () => {
    const source = silent()
    let end = (/** @type {any} */ _last) => {}
    let done = 0
    const stream = endable(/** @type {any} */ (source), new Promise((resolve) => (end = resolve)), () => (done += 1))
    const waiting = stream.next()
    end('last')
    assert.deepEqual(await waiting, { done: false, value: 'last' })
    assert.deepEqual(await stream.next(), { done: true, value: undefined })
    assert.deepEqual([source.returned, done], [1, 1])
  })

  test('one that waits can be left', async () => {
    const source = silent()
    const stream = mapped(/** @type {any} */ (source), (value) => value, String)
    void stream.next()
    await stream.return?.(undefined)
    assert.equal(source.returned, 1)
  })

  test('a failure becomes the last value', async () => {
    const failing = (async function* () {
      yield 'one'
      throw new Error('broken')
    })()
    const values = []
    for await (const value of mapped(failing, (text) => `${text}!`, (error) => String(error))) values.push(value)
    assert.deepEqual(values, ['one!', 'Error: broken'])
  })
})

describe('composition', () => {
  /** @type {string} */
  let directory
  const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])'
  before(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'linli-compose-'))
  })
  after(() => rm(directory, { recursive: true }))

  /** @param {Record<string, string>} schemas */
  const composed = async (schemas) => {
    const urls = Object.keys(schemas).map((name) => [name, `http://${name}/graphql`])
    await writeFile(path.join(directory, 'services.json'), JSON.stringify(Object.fromEntries(urls)))
    for (const [name, text] of Object.entries(schemas)) {
      await writeFile(path.join(directory, `${name}.graphql`), text)
    }
    return compose(path.join(directory, 'services.json'), (name) => path.join(directory, `${name}.graphql`))
  }

  test('does not depend on the order of anything', async () => {
    const a = `${LINK} type Query { a: Int b: Int } type T @shareable { x: Int y: Int }`
    const b = `${LINK} type Query { c: Int } type T @shareable { x: Int y: Int }`
    const turned = `${LINK} type T @shareable { y: Int x: Int } type Query { b: Int a: Int }`
    assert.deepEqual(await composed({ one: a, two: b }), await composed({ two: b, one: turned }))
  })

  test('says plainly what does not fit', async () => {
    await assert.rejects(
      composed({ one: `${LINK} type Query { a: Int }`, two: `${LINK} type Query { a: String }` }),
      /Query\.a/,
    )
  })

  test('says whose schema cannot be read', async () => {
    await assert.rejects(composed({ one: 'type Query {' }), /^Error: one: .*one\.graphql: Syntax Error/)
  })
})

describe('manifests', () => {
  /** @type {string} */
  let directory
  before(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'linli-manifest-'))
    await mkdir(path.join(directory, 'console'))
  })
  after(() => rm(directory, { recursive: true }))

  /** @param {string} file @param {string} text */
  const made = async (file, text) => {
    await writeFile(path.join(directory, 'console', file), text)
    try {
      return manifests(directory, GRAPH).get('console')
    } finally {
      await rm(path.join(directory, 'console', file))
    }
  }

  test('are the same for the same operation, however it is spaced', async () => {
    const one = await made('One.graphql', 'query One { one { id } }')
    assert.equal(one, await made('One.graphql', '# spaced\nquery One {\n\n one {\n id } }\n'))
    assert.notEqual(one, await made('One.graphql', 'query One { one { next { id } } }'))
  })

  for (const [name, file, text, fault] of /** @type {const} */ ([
    ['not valid', 'One.graphql', 'query One { two }', /console\/One\.graphql: Cannot query field "two"/],
    ['named otherwise', 'One.graphql', 'query Two { one { id } }', /is named Two/],
    ['nameless', 'One.graphql', '{ one { id } }', /must hold one operation, with a name/],
    ['two', 'One.graphql', 'query One { one { id } } query Two { one { id } }', /must hold one operation/],
  ])) {
    test(`are refused if an operation is ${name}`, async () => {
      await assert.rejects(made(file, text), fault)
    })
  }
})
