/**
 * What a client may know of an error: a code of the short list, our own sentence, the path, the
 * service that is away, and for an INTERNAL the id under which the log has the rest.
 */
import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { aboutRequest, isCode, isOurs, refusal, withoutSuggestions } from './errors.js'
import { isAboutTheRequest } from './limits.js'

/** Codes by which the server library and its transports say that something is away or shutting down. */
const AWAY = new Set(['SHUTTING_DOWN', 'SCHEMA_RELOAD', 'SUBREQUEST_HTTP_ERROR', 'GATEWAY_TIMEOUT'])
/** How the server library words what it gives no code of its own. */
const NOT_JSON = 'POST body sent invalid JSON.'
const BATCH = 'Batching is not supported.'
const ERROR_ID = /^[\w-]{1,64}$/
const NAME = /^[A-Za-z_]\w{0,40}$/

/**
 * An error as a service sent it, made fit for a client. Its text is never passed on.
 * @param {import('graphql').GraphQLError} error
 * @param {string} service
 * @param {import('./log.js').Log} log
 */
export function maskServiceError(error, service, log) {
  if (isOurs(error)) return error
  const path = error.path ?? null
  const { code, errorId, input } = error.extensions ?? {}
  if (code === 'UNAVAILABLE') {
    log.warn({ upstream: service, path }, 'service unavailable')
    return refusal('UNAVAILABLE', { path, extensions: { service } })
  }
  if (isCode(code) && code !== 'INTERNAL') {
    log.info({ upstream: service, code, path }, 'refused by service')
    return code === 'BAD_USER_INPUT' ? badInput(path, input) : refusal(code, { path })
  }
  const id = typeof errorId === 'string' && ERROR_ID.test(errorId) ? errorId : randomUUID()
  log.error({ upstream: service, error_id: id, path }, 'service failed')
  return refusal('INTERNAL', { path, extensions: { errorId: id } })
}

/**
 * @param {readonly (string | number)[] | null} path
 * @param {unknown} input which one is wrong, if the service says; passed on only if it is a name
 */
function badInput(path, input) {
  if (typeof input !== 'string' || !NAME.test(input)) return refusal('BAD_USER_INPUT', { path })
  const message = `${input} 有误，请检查后重试。`
  return refusal('BAD_USER_INPUT', { path, message, extensions: { input } })
}

/**
 * A service that did not answer, or not in GraphQL.
 * @param {unknown} error
 * @param {string} service
 * @param {import('./log.js').Log} log
 */
export function maskAway(error, service, log) {
  log.warn({ upstream: service, ...reasonOf(error) }, 'service away')
  const path = error instanceof GraphQLError ? error.path : null
  return refusal('UNAVAILABLE', { path: path ?? null, extensions: { service } })
}

/**
 * Never the text of an answer: it may hold what people wrote.
 * @param {unknown} error
 */
export function reasonOf(error) {
  if (!(error instanceof GraphQLError)) return { reason: closedWith(error) ?? traceOf(error) }
  const { code, response } = error.extensions ?? {}
  const status = /** @type {{ status?: number } | undefined} */ (response)?.status
  return { reason: status === undefined ? error.message : code, status }
}

/**
 * Anything else that surfaced in the gateway itself.
 * @param {unknown} error
 * @param {{ log: import('./log.js').Log, suggest: boolean }} options suggest: whether a message may name
 *   what else the schema has
 * @returns {import('graphql').GraphQLError}
 */
export function maskError(error, { log, suggest }) {
  if (!(error instanceof GraphQLError)) return internal(error, log)
  if (isOurs(error)) return error
  const path = error.path ?? null
  if (error.message === BATCH) {
    return refusal('QUERY_REFUSED', { extensions: { limit: 'batch' } })
  }
  if (isAboutTheRequest(error)) return aboutTheRequest(error, suggest)
  return AWAY.has(String(error.extensions['code']))
    ? refusal('UNAVAILABLE', { path })
    : internal(error, log)
}

/** @param {import('graphql').GraphQLError} error @param {boolean} suggest */
function aboutTheRequest({ message, path, extensions }, suggest) {
  // What is not JSON is not GraphQL either: that is a matter of HTTP, whatever was asked for.
  const http = message === NOT_JSON ? { status: 400 } : extensions['http']
  return refusal('BAD_USER_INPUT', {
    message: aboutRequest(suggest ? message : withoutSuggestions(message)),
    path: path ?? null,
    extensions: http ? { http } : {},
  })
}

/**
 * @param {unknown} error
 * @param {import('./log.js').Log} log
 */
function internal(error, log) {
  const errorId = randomUUID()
  log.error({ error_id: errorId, error: traceOf(error) }, 'gateway failed')
  const path = error instanceof GraphQLError ? (error.path ?? null) : null
  return refusal('INTERNAL', { path, extensions: { errorId } })
}

/** @param {unknown} error @returns {string | null} if it is an event of a socket */
function closedWith(error) {
  if (typeof error !== 'object' || error === null || error instanceof Error) return null
  if ('code' in error) return `closed with ${error.code}`
  return 'message' in error ? String(error.message) : null
}

/** @param {unknown} error */
function traceOf(error) {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/**
 * A service that is away is one error, however many of its fields were asked for.
 * @param {readonly import('graphql').GraphQLError[]} errors
 */
export function oneForEachServiceAway(errors) {
  /** @type {Set<unknown>} */
  const seen = new Set()
  return errors.filter(({ extensions }) => {
    if (extensions['code'] !== 'UNAVAILABLE' || !extensions['service']) return true
    if (seen.has(extensions['service'])) return false
    seen.add(extensions['service'])
    return true
  })
}
