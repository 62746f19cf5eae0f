/**
 * Lists by keyset cursor, Relay style; the cursors are those of the services, byte by byte.
 */
import { decode, encode } from '@msgpack/msgpack'
import { refusal } from './errors.js'

const MAX_FIRST = 100
const LONGEST_CURSOR = 1_024
const CURSOR = /^[A-Za-z0-9_-]+$/
const MICROSECONDS = 1_000
const UNREADABLE = '分页游标 after 无效，请从第一页重新查询。'
const OF_ANOTHER_LIST = '分页游标无效，请从第一页重新查询。'

/**
 * @template T
 * @typedef {object} Page
 * @property {T[]} items
 * @property {(item: T) => [Date, string]} place where in its list an item is
 * @property {boolean} hasNextPage
 */

/**
 * @param {{ first: number, after?: string | null }} asked
 * @returns {{ first: number, after: [Date, string] | null }}
 * @throws {import('graphql').GraphQLError} QUERY_REFUSED, BAD_USER_INPUT
 */
export function placeOf({ first, after }) {
  if (first < 1) throw refusal('BAD_USER_INPUT', 'first 至少为 1。')
  if (first > MAX_FIRST) throw refusal('QUERY_REFUSED', `一次最多查询 ${MAX_FIRST} 条。`)
  return { first, after: after === undefined || after === null ? null : decodeCursor(after) }
}

/**
 * What is not asked for is not made.
 * @template T
 * @param {Page<T>} page
 * @param {{ after?: string | null }} asked
 */
export function connectionOf({ items, place, hasNextPage }, { after }) {
  /** @param {T | undefined} item */
  const cursor = (item) => (item === undefined ? null : encodeCursor(place(item)))
  return {
    nodes: items,
    edges: () => items.map((node) => ({ node, cursor: cursor(node) })),
    pageInfo: {
      hasNextPage,
      hasPreviousPage: after !== undefined && after !== null,
      startCursor: () => cursor(items[0]),
      endCursor: () => cursor(items[items.length - 1]),
    },
  }
}

/** @param {[Date, string]} place */
export function encodeCursor([moment, id]) {
  const tagged = [
    ['t', moment.getTime() * MICROSECONDS],
    ['s', id],
  ]
  return Buffer.from(encode(tagged)).toString('base64url')
}

/**
 * @param {string} text
 * @returns {[Date, string]}
 * @throws {import('graphql').GraphQLError} BAD_USER_INPUT for what `encodeCursor` did not make
 */
export function decodeCursor(text) {
  const [[momentTag, moment] = [], [idTag, id] = [], ...others] = taggedPartsOf(text)
  const isPlace =
    momentTag === 't' &&
    Number.isSafeInteger(moment) &&
    idTag === 's' &&
    typeof id === 'string' &&
    others.length === 0
  if (!isPlace) throw refusal('BAD_USER_INPUT', OF_ANOTHER_LIST)
  return [new Date(moment / MICROSECONDS), id]
}

/**
 * @param {string} text
 * @returns {any[][]} two at least
 */
function taggedPartsOf(text) {
  const parts = text.length <= LONGEST_CURSOR && CURSOR.test(text) ? unpacked(text) : null
  if (!Array.isArray(parts) || !parts.every(Array.isArray)) {
    throw refusal('BAD_USER_INPUT', UNREADABLE)
  }
  if (parts.length < 2) throw refusal('BAD_USER_INPUT', OF_ANOTHER_LIST)
  return parts
}

/** @param {string} text */
function unpacked(text) {
  try {
    return decode(Buffer.from(text, 'base64url'))
  } catch {
    return null
  }
}
