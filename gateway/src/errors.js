/**
 * The short list of top-level errors. `code` is the contract; the message is for the person.
 */
import { GraphQLError } from 'graphql'

export const MESSAGES = Object.freeze({
  UNAUTHENTICATED: '登录已失效，请重新登录。',
  FORBIDDEN: '您没有权限进行此操作。',
  BAD_USER_INPUT: '提交的内容有误，请检查后重试。',
  RATE_LIMITED: '操作过于频繁，请稍后再试。',
  QUERY_REFUSED: '查询超出限制，已被拒绝。',
  UNAVAILABLE: '服务暂时不可用，请稍后重试。',
  INTERNAL: '系统出现问题，请稍后重试。',
})

/**
 * A sentence for the person around what a library says of their request.
 * @param {string} text
 */
export const aboutRequest = (text) => `查询有误，请检查：${text}`

/**
 * What a library says without the names that the schema has besides.
 * @param {string} text
 */
export const withoutSuggestions = (text) => text.replace(/ ?Did you mean .*$/s, '')

/** @typedef {keyof typeof MESSAGES} Code */

const HTTP_STATUS = Object.freeze({
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
  RATE_LIMITED: 429,
  QUERY_REFUSED: 400,
  UNAVAILABLE: 503,
  INTERNAL: 500,
})

/**
 * Extensions that this gateway wrote. Libraries copy errors (to move their path, to wrap them)
 * but hand the same extensions object on, so this is how a copy of ours is told from anything
 * else that happens to carry one of our codes.
 * @type {WeakSet<object>}
 */
const written = new WeakSet()

/** @param {unknown} code @returns {code is Code} */
export function isCode(code) {
  return typeof code === 'string' && Object.hasOwn(MESSAGES, code)
}

/** @param {GraphQLError} error */
export function isOurs(error) {
  return written.has(error.extensions)
}

/**
 * An error that may reach a client as it is.
 * @param {Code} code
 * @param {{
 *   message?: string,
 *   path?: readonly (string | number)[] | null,
 *   extensions?: Record<string, unknown>,
 * }} [details] a message of its own: never text that came from a service
 */
export function refusal(code, { message, path, extensions } = {}) {
  const error = new GraphQLError(message ?? MESSAGES[code], {
    path: path ?? null,
    // `spec`: the status is for clients that ask for application/graphql-response+json.
    extensions: { code, http: { status: HTTP_STATUS[code], spec: true }, ...extensions },
  })
  written.add(error.extensions)
  return error
}

/**
 * The same error, where an HTTP status would be out of place.
 * @param {GraphQLError} error
 */
export function withoutStatus(error) {
  const { http: _, ...extensions } = error.extensions
  const plain = new GraphQLError(error.message, { path: error.path ?? null, extensions })
  written.add(plain.extensions)
  return plain
}
