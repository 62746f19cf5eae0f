/**
 * The codes and sentences that every service of Linli answers with at the top level.
 */
import { GraphQLError } from 'graphql'
import { MongoNetworkError, MongoServerSelectionError } from 'mongodb'

const SENTENCES = {
  UNAUTHENTICATED: '登录已失效，请重新登录。',
  FORBIDDEN: '您没有权限进行此操作。',
  BAD_USER_INPUT: '提交的内容有误，请检查后重试。',
  QUERY_REFUSED: '查询超出限制，已被拒绝。',
  UNAVAILABLE: '服务暂时不可用，请稍后重试。',
  INTERNAL: '系统出错了，请稍后重试。',
}
const ABOUT_THE_REQUEST = new Set([
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
])

/**
 * @param {keyof typeof SENTENCES} code
 * @param {string} [message]
 */
export function refusal(code, message = SENTENCES[code]) {
  return new GraphQLError(message, { extensions: { code } })
}

/**
 * What a client may learn of an error.
 * @param {import('graphql').GraphQLFormattedError} formatted
 * @param {unknown} error
 * @returns {import('graphql').GraphQLFormattedError}
 */
export function masked(formatted, error) {
  const { message, code } = shownOf(formatted, error)
  const { locations, path } = formatted
  const place = { ...(locations && { locations }), ...(path && { path }) }
  return { message, ...place, extensions: { code } }
}

/**
 * @param {import('graphql').GraphQLFormattedError} formatted
 * @param {unknown} error
 */
function shownOf({ message, extensions }, error) {
  const code = String(extensions?.['code'])
  if (code in SENTENCES) return { message, code }
  if (ABOUT_THE_REQUEST.has(code)) {
    return { message: `查询有误，请检查：${message}`, code: 'BAD_USER_INPUT' }
  }
  const cause = error instanceof GraphQLError ? error.originalError : error
  if (cause instanceof MongoNetworkError || cause instanceof MongoServerSelectionError) {
    return { message: SENTENCES.UNAVAILABLE, code: 'UNAVAILABLE' }
  }
  process.stderr.write(`internal error: ${cause instanceof Error ? cause.stack : message}\n`)
  return { message: SENTENCES.INTERNAL, code: 'INTERNAL' }
}
