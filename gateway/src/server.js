/**
 * The HTTP server: the graph, and what operators ask.
 */
import http from 'node:http'
import { isJson, limitBody } from './body.js'
import { refusal } from './errors.js'
import { GRAPHQL_PATH } from './generation.js'
import { maskError } from './masking.js'
import { continueTrace } from './trace.js'
import { refuseUnreadable } from './unreadable.js'

const KEEP_ALIVE_MILLISECONDS = 75_000
const LOOKED_AT_EVERY_MILLISECONDS = 1_000

/**
 * @typedef {import('./call.js').Call} Call
 * @typedef {object} Parts
 * @property {import('./settings.js').Settings} settings
 * @property {import('./log.js').Log} log
 * @property {import('./metrics.js').Metrics} metrics
 * @property {import('./supergraphs.js').Supergraphs} supergraphs
 * @property {import('./identity.js').Identities} identities
 * @property {() => string[]} missing what the gateway still waits for
 * @property {() => boolean} stopping
 */

/**
 * @param {Parts} parts
 * @returns {http.Server}
 */
export function createServer(parts) {
  /** @type {Record<string, (response: http.ServerResponse) => void | Promise<void>>} */
  const forOperators = {
    '/live': (response) => answer(response, 200, { live: true }),
    '/ready': (response) => {
      const notReady = parts.missing()
      const ready = notReady.length === 0
      answer(response, ready ? 200 : 503, { ready, notReady })
    },
    '/metrics': async (response) => {
      const { registry } = parts.metrics
      response.writeHead(200, { 'content-type': registry.contentType })
      response.end(await registry.metrics())
    },
  }
  const milliseconds = parts.settings.requestSeconds * 1000
  const within = {
    requestTimeout: milliseconds,
    headersTimeout: milliseconds,
    connectionsCheckingInterval: Math.min(LOOKED_AT_EVERY_MILLISECONDS, milliseconds),
  }
  const server = http.createServer(within, (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    if (parts.stopping()) response.setHeader('connection', 'close')
    const done =
      path === GRAPHQL_PATH
        ? serveGraph(parts, request, response)
        : (forOperators[path] ?? notFound)(response)
    void Promise.resolve(done).catch((error) => {
      parts.log.error({ error: String(error) }, 'request failed')
      response.destroy()
    })
  })
  // Longer than a proxy in front keeps one: who closes first must not be the one who is asked.
  server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS
  refuseUnreadable(server)
  return server
}

/**
 * @param {Parts} parts
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 */
async function serveGraph(parts, request, response) {
  const call = createCall(parts.settings, parts.log, request)
  call.response = response
  response.once('close', () => parts.metrics.httpResponses.inc({ status: response.statusCode }))
  const generation = parts.supergraphs.current
  response.once('close', generation.enter())
  if (request.method === 'POST' && !isJson(request)) {
    const message = '请求的内容须为 JSON（Content-Type: application/json）。'
    refuseUnread(response, 415, refusal('BAD_USER_INPUT', { message }))
    return
  }
  try {
    await limitBody(request)
  } catch (error) {
    refuseUnread(response, 413, maskError(error, { log: call.log, suggest: false }))
    return
  }
  try {
    call.identity = await parts.identities.identify(authorizationOf(request))
  } catch (error) {
    call.refused = maskError(error, { log: call.log, suggest: false })
  }
  await generation.runtime(request, response, { call })
}

/**
 * @param {http.IncomingMessage} request
 * @returns {string | undefined}
 * @throws {import('graphql').GraphQLError} UNAUTHENTICATED if there are two, of which another
 *   process might believe the other
 */
function authorizationOf({ headersDistinct }) {
  const [authorization, ...others] = headersDistinct['authorization'] ?? []
  if (others.length > 0) throw refusal('UNAUTHENTICATED')
  return authorization
}

/**
 * @param {import('./settings.js').Settings} settings
 * @param {import('./log.js').Log} log
 * @param {http.IncomingMessage} request
 * @param {'http' | 'ws'} [transport]
 * @returns {Call}
 */
export function createCall(settings, log, request, transport = 'http') {
  const header = request.headers['traceparent']
  const trace = continueTrace(Array.isArray(header) ? header[0] : header)
  return {
    transport,
    trace,
    log: log.child({ trace_id: trace.traceId }),
    identity: null,
    refused: null,
    address: addressOf(request, settings.trustedProxies),
    startedAt: performance.now(),
    operation: 'unpersisted',
    variables: {},
    response: null,
  }
}

/**
 * The client's address, as far as the proxies in front can be trusted to know it.
 * @param {http.IncomingMessage} request
 * @param {number} proxies
 */
export function addressOf(request, proxies) {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean)
  const address = (proxies > 0 && forwarded.at(-proxies)) || (request.socket.remoteAddress ?? '')
  return address.replace(/^::ffff:/, '')
}

/** @param {http.ServerResponse} response */
function notFound(response) {
  const message = `这里没有内容，请使用 ${GRAPHQL_PATH}。`
  answer(response, 404, { errors: [asJson(refusal('BAD_USER_INPUT', { message }))] })
}

/**
 * @param {http.ServerResponse} response
 * @param {number} status
 * @param {import('graphql').GraphQLError} error
 */
function refuseUnread(response, status, error) {
  // What was not read of it would be taken for the next request.
  response.setHeader('connection', 'close')
  answer(response, status, { errors: [asJson(error)] })
}

/** @param {import('graphql').GraphQLError} error */
function asJson({ message, extensions: { http: _, ...extensions } }) {
  return { message, extensions }
}

/**
 * @param {http.ServerResponse} response
 * @param {number} status
 * @param {unknown} body
 */
function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}
