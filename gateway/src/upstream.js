/**
 * How services are spoken to, and what becomes of what they answer.
 */
import http from 'node:http'
import https from 'node:https'
import { setTimeout as setTimeoutAsync } from 'node:timers/promises'
import { getOperationAST } from 'graphql'
import { mapped } from './iterators.js'
import { maskAway, maskServiceError, reasonOf } from './masking.js'
import { refusal } from './errors.js'
import { resubscribing } from './resubscribing.js'

/** Shorter than the services keep an idle one, and so short that new replicas soon get their share. */
const IDLE_CONNECTION_MILLISECONDS = 4_000
const SOCKETS_PER_SERVICE = 256
const RETRIES = 2
const RETRY_DELAY_MILLISECONDS = 100
const NO_ANSWER = new Set(['SUBREQUEST_HTTP_ERROR', 'RESPONSE_VALIDATION_FAILED'])
const TURNED_AWAY = new Set([502, 503, 504])
const LOG_IN_AGAIN = new Set([4401, 4403])

const agentOptions = {
  keepAlive: true,
  maxSockets: SOCKETS_PER_SERVICE,
  timeout: IDLE_CONNECTION_MILLISECONDS,
}
const httpAgent = new http.Agent(agentOptions)
const httpsAgent = new https.Agent(agentOptions)

/** @param {import('@graphql-tools/utils').ExecutionRequest | undefined} request */
function kindOf(request) {
  if (!request) return 'query'
  return getOperationAST(request.document, request.operationName)?.operation ?? 'query'
}

/** The part of the runtime's configuration that concerns the services. */
export function upstreamConfiguration() {
  return {
    transportEntries: {
      '*.http': {
        options: {
          // Joined requests would share what one of them read before the other's own write.
          deduplicateInflightRequests: false,
          subscriptions: {
            kind: 'ws',
            options: { connectionParams: { Authorization: '{context.headers.authorization}' } },
          },
        },
      },
    },
    /** @param {{ url: string }} payload */
    customAgent: ({ url }) => (url.startsWith('https:') ? httpsAgent : httpAgent),
    propagateHeaders: {
      /** @param {{ context: any }} payload */
      fromClientToSubgraphs: ({ context }) => ({
        authorization: context.headers?.authorization,
        traceparent: context.call?.trace.traceparent,
        // Who tries passwords is counted by address: never one that the client made up.
        'x-forwarded-for': context.call?.address,
      }),
    },
    subgraphErrors: /** @type {false} */ (false),
  }
}

/**
 * Ask a service in bounded time, and a query again if it did not get through; measure that, and
 * mask whatever the service says of its failures, so that nothing further in has seen its text.
 * @param {{
 *   timeoutSeconds: number, metrics: import('./metrics.js').Metrics, log: import('./log.js').Log,
 * }} options
 * @returns {import('@graphql-hive/gateway-runtime').GatewayPlugin<any>}
 */
export function upstream({ timeoutSeconds, metrics, log: plainLog }) {
  /** @type {WeakMap<object, AbortSignal>} */
  const signals = new WeakMap()

  /** @param {any} request @param {(request: any) => any} executor @param {string} kind */
  const ask = async (request, executor, kind) => {
    let retries = kind === 'query' ? RETRIES : 0
    for (let wait = RETRY_DELAY_MILLISECONDS; ; wait *= 2) {
      const timeout = new AbortController()
      signals.set(request, timeout.signal)
      const timer = setTimeout(() => timeout.abort(), timeoutSeconds * 1000)
      // A copy: the transport takes the headers out of what it is given.
      const asked = Promise.resolve(executor({ ...request }))
      const result = await asked.finally(() => clearTimeout(timer))
      if (timeout.signal.aborted || retries === 0 || !didNotGetThrough(result)) return result
      retries -= 1
      await setTimeoutAsync(wait)
    }
  }

  return {
    onFetch({ executionRequest, options, setOptions }) {
      // In place of the engine's own signal, which lives long and keeps a listener of each request.
      const signal = executionRequest && signals.get(executionRequest)
      if (signal) setOptions({ ...options, signal })
    },
    onSubgraphExecute({ subgraphName, executor, setExecutor }) {
      setExecutor(async (request) => {
        /** @type {import('./log.js').Log} */
        const log = request.context?.call?.log ?? plainLog
        const away = (/** @type {unknown} */ error) => {
          metrics.upstreamAway.inc({ upstream: subgraphName })
          return { data: null, errors: [maskNoAnswer(error, subgraphName, log)] }
        }
        const mask = (/** @type {any} */ result) => maskResult(result, subgraphName, log, away)
        const kind = kindOf(request)
        if (kind === 'subscription') {
          const stream = resubscribing(async () => executor({ ...request }), {
            isFinal: isToLogInAgain,
            onBroken: (error) => {
              metrics.upstreamAway.inc({ upstream: subgraphName })
              log.info({ upstream: subgraphName, ...reasonOf(error) }, 'subscription broken')
            },
          })
          return mapped(
            stream,
            (result) => withData(mask(result)),
            (error) => withData(away(error)),
          )
        }
        const stop = metrics.upstreamSeconds.startTimer({ upstream: subgraphName })
        try {
          return mask(await ask(request, executor, kind))
        } catch (error) {
          return away(error)
        } finally {
          stop()
        }
      })
    },
  }
}

/**
 * A result of a subscription that has no data says so: the engine takes null for "as before", and
 * would send what it had last; an object without a field of the graph is none to it either.
 * @param {any} result
 */
function withData(result) {
  return { ...result, data: result.data ?? { __typename: 'Subscription' } }
}

/**
 * Only what never reached the service, or was turned away before it: a slow answer is not asked
 * for a second time.
 * @param {any} result
 */
function didNotGetThrough(result) {
  return Boolean(
    result?.errors?.some((/** @type {import('graphql').GraphQLError} */ { extensions }) => {
      const { code, response } = /** @type {any} */ (extensions ?? {})
      return NO_ANSWER.has(code) && (!response || TURNED_AWAY.has(response.status))
    }),
  )
}

/**
 * @param {any} result
 * @param {string} service
 * @param {import('./log.js').Log} log
 * @param {(error: unknown) => any} away
 */
function maskResult(result, service, log, away) {
  if (!result?.errors?.length) return result
  const silent = result.errors.find((/** @type {import('graphql').GraphQLError} */ error) =>
    NO_ANSWER.has(String(error.extensions?.['code'])),
  )
  if (silent) return away(silent)
  return {
    data: result.data ?? null,
    errors: result.errors.map((/** @type {import('graphql').GraphQLError} */ error) =>
      maskServiceError(error, service, log),
    ),
  }
}

/**
 * @param {unknown} error
 * @param {string} service
 * @param {import('./log.js').Log} log
 */
function maskNoAnswer(error, service, log) {
  return isToLogInAgain(error) ? refusal('UNAUTHENTICATED') : maskAway(error, service, log)
}

/** @param {unknown} error whether a service closed the socket because of the token */
function isToLogInAgain(error) {
  return typeof error === 'object' && error !== null && 'code' in error
    ? LOG_IN_AGAIN.has(Number(error.code))
    : false
}
