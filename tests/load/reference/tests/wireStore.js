/**
 * A store in memory that speaks as much of MongoDB's protocol as a page needs, and keeps what it
 * was sent.
 */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import { BSON, MongoClient } from 'mongodb'

/** @typedef {import('mongodb').Document} Document */
/** @typedef {Record<string, Document[]>} Collections */

const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const HEADER_BYTES = 16
const OP_REPLY_FIELDS_BYTES = 20
const OP_MSG_FIELDS_BYTES = 5
const GREETING = { ok: 1, isWritablePrimary: true, helloOk: true, minWireVersion: 0 }
const OF_A_PAGE = new Set(['find', 'aggregate'])

/**
 * @param {import('node:test').TestContext} t closes it
 * @param {Collections} collections may be changed between pages
 */
export async function wireStore(t, collections) {
  /** @type {Document[]} */
  let sent = []
  /** @param {Document} command */
  const answer = (command) => {
    const [name = ''] = Object.keys(command)
    if (!OF_A_PAGE.has(name)) return { ...GREETING, maxWireVersion: 21 }
    sent.push(command)
    const stored = collections[command[name]] ?? []
    const firstBatch = name === 'find' ? foundBy(command, stored) : piped(command, stored)
    return { ok: 1, cursor: { id: BSON.Long.ZERO, ns: `test.${command[name]}`, firstBatch } }
  }
  const server = createServer((socket) => speak(socket, answer)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    promoteBuffers: true, // as the programs have it; their short deadlines are not for tests
  })
  t.after(async () => {
    await client.close()
    server.close()
  })
  /** What was sent since the last time. */
  const taken = () => {
    const before = sent
    sent = []
    return before
  }
  return { database: client.db('test'), taken }
}

/**
 * @param {Document[]} commands
 * @returns {Record<string, number>} how many of which, as `{ 'vouchers.find': 3 }`
 */
export function counted(commands) {
  /** @type {Record<string, number>} */
  const counts = {}
  for (const command of commands) {
    const [name = ''] = Object.keys(command)
    const key = `${command[name]}.${name}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

/**
 * @param {import('node:net').Socket} socket
 * @param {(command: Document) => Document} answer
 */
function speak(socket, answer) {
  let waiting = Buffer.alloc(0)
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk])
    while (waiting.length >= HEADER_BYTES && waiting.length >= waiting.readInt32LE(0)) {
      const message = waiting.subarray(0, waiting.readInt32LE(0))
      waiting = waiting.subarray(message.length)
      socket.write(replyTo(message, answer))
    }
  })
}

/**
 * @param {Buffer} message
 * @param {(command: Document) => Document} answer
 */
function replyTo(message, answer) {
  const isQuery = message.readInt32LE(12) === OP_QUERY // the first greeting alone
  const begin = isQuery
    ? message.indexOf(0, HEADER_BYTES + 4) + 1 + 8
    : HEADER_BYTES + OP_MSG_FIELDS_BYTES
  const length = message.readInt32LE(begin)
  const command = BSON.deserialize(message.subarray(begin, begin + length))
  const document = BSON.serialize(answer(command))
  const fields = Buffer.alloc(isQuery ? OP_REPLY_FIELDS_BYTES : OP_MSG_FIELDS_BYTES)
  if (isQuery) fields.writeInt32LE(1, fields.length - 4) // one document
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeInt32LE(HEADER_BYTES + fields.length + document.length, 0)
  header.writeInt32LE(message.readInt32LE(4), 8)
  header.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12)
  return Buffer.concat([header, fields, document])
}

/**
 * @param {Document} command
 * @param {Document[]} stored
 */
function foundBy({ filter, sort = {}, limit = Infinity, projection = {} }, stored) {
  return stored
    .filter((document) => matches(document, filter))
    .sort((one, two) => ordered(sort, one, two))
    .slice(0, limit)
    .map((document) => projected(document, projection))
}

/**
 * Counts, as the page has it counted.
 * @param {Document} command
 * @param {Document[]} stored
 */
function piped({ pipeline }, stored) {
  const [{ $match: where }, ...rest] = pipeline
  const { $limit: limit = Infinity } = rest.find((/** @type {Document} */ it) => '$limit' in it) ?? {}
  const { _id: by, ...sums } = rest.at(-1).$group
  const [[name, sum] = []] = Object.entries(sums)
  if (name === undefined || sum.$sum !== 1) throw new Error('only counts are known here')
  /** @type {Map<unknown, number>} */
  const counts = new Map()
  for (const document of stored.filter((it) => matches(it, where)).slice(0, limit)) {
    const key = typeof by === 'string' ? document[by.slice(1)] : by
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].map(([key, count]) => ({ _id: key, [name]: count }))
}

/** @param {Document} document @param {Document} filter */
function matches(document, filter) {
  return Object.entries(filter).every(([path, wanted]) => fits(valueAt(document, path), wanted))
}

/** @param {Document} document @param {string} path */
function valueAt(document, path) {
  return path.split('.').reduce((/** @type {any} */ outer, name) => outer?.[name], document) ?? null
}

/** @param {any} value @param {any} wanted */
function fits(value, wanted) {
  const [operator, operand] = Object.entries(wanted ?? {})[0] ?? []
  if (operator === '$in') return operand.some((/** @type {unknown} */ one) => isOrHas(value, one))
  if (operator === '$gt') return value !== null && value > operand
  if (operator?.startsWith('$')) throw new Error(`${operator} is not known here`)
  return isOrHas(value, wanted)
}

/** @param {unknown} value @param {unknown} one */
function isOrHas(value, one) {
  return isDeepStrictEqual(value, one) || (Array.isArray(value) && value.includes(one))
}

/** @param {Record<string, number>} sort @param {Document} one @param {Document} two */
function ordered(sort, one, two) {
  for (const [field, direction] of Object.entries(sort)) {
    const [first, second] = [valueAt(one, field), valueAt(two, field)]
    if (first < second) return -direction
    if (first > second) return direction
  }
  return 0
}

/** @param {Document} document @param {Record<string, number>} projection */
function projected(document, projection) {
  const isOnly = Object.values(projection).some((it) => it === 1)
  const isKept = (/** @type {string} */ field) =>
    isOnly ? field === '_id' || projection[field] === 1 : projection[field] !== 0
  return Object.fromEntries(Object.entries(document).filter(([field]) => isKept(field)))
}
