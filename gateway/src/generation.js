/**
 * One supergraph at work: the engine that was made for it, and what still runs on it. A new
 * supergraph gets an engine of its own; the old one is let go when it is idle.
 */
import { createGatewayRuntime, Logger } from '@graphql-hive/gateway-runtime'
import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
import { authorization } from './authorization.js'
import { refusal, withoutStatus } from './errors.js'
import { graphiql } from './graphiql.js'
import { endable, isIterable } from './iterators.js'
import { limits } from './limits.js'
import { maskError, oneForEachServiceAway } from './masking.js'
import { emptyData } from './nulls.js'
import { rulesOf } from './rules.js'
import { upstream, upstreamConfiguration } from './upstream.js'

export const GRAPHQL_PATH = '/graphql'

/** Why a stream ended that its client may open again when it has logged in. */
const LOG_IN = new Set(['expired', 'anonymous', 'revoked'])

/**
 * @typedef {import('./call.js').Call} Call
 * @typedef {import('@graphql-hive/gateway-runtime').GatewayPlugin<any>} Plugin
 * @typedef {object} Parts what all generations share
 * @property {import('./settings.js').Settings} settings
 * @property {import('./log.js').Log} log
 * @property {import('./metrics.js').Metrics} metrics
 * @property {import('./admission.js').Admission} admission
 * @property {import('./streams.js').Streams} streams
 * @property {import('./places.js').Places} places
 */

export class Generation {
  #running = 0
  /** @type {(() => void) | null} */
  #whenIdle = null

  /**
   * @param {import('./supergraph.js').Supergraph} supergraph
   * @param {import('./manifest.js').Manifest} manifest
   * @param {Parts} parts
   */
  constructor(supergraph, manifest, parts) {
    this.supergraph = supergraph
    this.manifest = manifest
    this.parts = parts
    this.runtime = this.#createRuntime()
  }

  /**
   * Make an engine and see that it works.
   * @param {import('./supergraph.js').Supergraph} supergraph
   * @param {import('./manifest.js').Manifest} manifest
   * @param {Parts} parts
   */
  static async start(supergraph, manifest, parts) {
    const generation = new Generation(supergraph, manifest, parts)
    try {
      await generation.runtime.getSchema()
      return generation
    } catch (error) {
      await generation.dispose()
      throw error
    }
  }

  /** Whether another has taken its place. */
  retired = false

  /** @returns {() => void} to be called when what has begun is over */
  enter() {
    this.#running += 1
    let left = false
    return () => {
      if (left) return
      left = true
      this.#running -= 1
      if (this.#running === 0) this.#whenIdle?.()
    }
  }

  /** @returns {Promise<void>} */
  idle() {
    if (this.#running === 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#whenIdle = resolve
    })
  }

  async dispose() {
    await this.runtime[Symbol.asyncDispose]()
  }

  #createRuntime() {
    const { settings, log, metrics } = this.parts
    const development = settings.environment === 'development'
    const before = terminationListeners()
    const runtime = createGatewayRuntime({
      supergraph: () => this.supergraph.sdl,
      unifiedGraphHandler,
      logging: runtimeLogger(log),
      graphqlEndpoint: GRAPHQL_PATH,
      landingPage: false,
      cors: /** @type {any} */ (false),
      requestId: false,
      ...graphiql(development),
      ...upstreamConfiguration(),
      maskedErrors: {
        maskError: (error) => maskError(error, { log, suggest: development }),
      },
      plugins: () => [
        this.#admit(),
        limits({ mayIntrospect: development }),
        authorization(rulesOf(this.supergraph.sdl)),
        upstream({ timeoutSeconds: settings.upstreamTimeoutSeconds, metrics, log }),
        this.#followStreams(),
        this.#finish(development),
      ],
    })
    // The runtime would answer SIGTERM by aborting what is in flight; drain.js does it better.
    removeListenersAddedSince(before)
    return runtime
  }

  /** @returns {Plugin} */
  #admit() {
    return {
      onParams: ({ params, request, setParams, setResult, context }) => {
        /** @type {Call} */
        const call = /** @type {any} */ (context).call
        try {
          const { documentId, ...rest } = /** @type {any} */ (params ?? {})
          const asked = { ...rest, documentId: documentId ?? idInAddress(request) }
          const text = this.parts.admission.admit(call, asked, this.manifest)
          setParams({ ...rest, query: text ?? rest.query })
        } catch (error) {
          setResult({ errors: [maskError(error, { log: call.log, suggest: false })] })
          // What follows looks at the parameters all the same.
          setParams({ query: '{ __typename }' })
        }
      },
    }
  }

  /** @returns {Plugin} */
  #followStreams() {
    return {
      onSubscribe: ({ args, setResultAndStopExecution }) => {
        /** @type {Call} */
        const call = args.contextValue.call
        if (call.transport !== 'http') return undefined
        const leave = this.parts.places.take(call.address)
        if (!leave) {
          setResultAndStopExecution({ errors: [refusal('RATE_LIMITED')] })
          return undefined
        }
        call.response?.once('close', leave)
        return {
          onSubscribeResult: ({ result, setResult }) => {
            if (isIterable(result)) setResult(this.#follow(result, call))
          },
        }
      },
    }
  }

  /**
   * An event stream ends with an error when its token does. When the gateway ends it, it is cut
   * off: a stream that was completed properly would not be opened again by its client.
   * @param {AsyncIterable<any>} result
   * @param {Call} call
   */
  #follow(result, call) {
    /** @type {(last: any) => void} */
    let end = () => {}
    const ended = new Promise((resolve) => {
      end = resolve
    })
    const stream = {
      identity: call.identity,
      isFedBy: (/** @type {unknown} */ generation) => generation === this,
      end: (/** @type {import('./streams.js').Reason} */ reason) => {
        if (LOG_IN.has(reason)) {
          end({ errors: [refusal('UNAUTHENTICATED')] })
        } else {
          end(undefined)
          call.response?.destroy()
        }
      },
    }
    return endable(result, ended, this.parts.streams.add(stream, this))
  }

  /**
   * The last word on every result: masked, one error for a service that is away, counted.
   * @param {boolean} suggest
   * @returns {Plugin}
   */
  #finish(suggest) {
    /** @param {any} result @param {Call} call */
    const finish = (result, call) => {
      // The engine leaves the data out where everything was left out of the question.
      if (!result?.errors?.length) return { ...result, data: result?.data ?? {} }
      const errors = result.errors.map((/** @type {unknown} */ error) =>
        maskError(error, { log: call.log, suggest }),
      )
      const data = result.data ?? call.emptyData?.()
      const kept = oneForEachServiceAway(errors)
      // The status speaks of a request that was refused whole.
      if (data === undefined) return { ...result, errors: kept }
      return { ...result, data, errors: kept.map(withoutStatus) }
    }
    /** @param {{ args: any }} payload */
    const begin = ({ args }) => {
      /** @type {Call} */
      const call = args.contextValue.call
      call.emptyData = () =>
        emptyData(args.schema, args.document, args.operationName, call.variables)
    }
    return {
      onExecute: begin,
      onSubscribe: begin,
      onExecutionResult: ({ result, setResult, context }) => {
        /** @type {Call} */
        const call = /** @type {any} */ (context).call
        if (isIterable(result)) {
          this.#count(call, 'stream')
          return
        }
        const finished = finish(result, call)
        setResult(finished)
        this.#count(call, finished?.errors?.[0]?.extensions.code ?? 'ok')
      },
    }
  }

  /** @param {Call} call @param {string} outcome */
  #count({ operation, identity, startedAt, log }, outcome) {
    const { metrics } = this.parts
    const seconds = (performance.now() - startedAt) / 1000
    const client = identity ? clientLabel(identity.client) : 'none'
    metrics.operations.inc({ operation, client, outcome })
    metrics.operationSeconds.observe({ operation }, seconds)
    log.info({ operation, client, outcome, seconds: Number(seconds.toFixed(4)) }, 'operation')
  }
}

/** @param {Request} request @returns {string | null} */
function idInAddress(request) {
  return request.method === 'GET' ? new URL(request.url, 'http://gateway').searchParams.get('documentId') : null
}

const CLIENTS = new Set(['console', 'miniprogram', 'portal', 'till'])

/** @param {string} client */
function clientLabel(client) {
  return CLIENTS.has(client) ? client : 'other'
}

const TERMINATION = /** @type {const} */ (['SIGINT', 'SIGTERM', 'exit'])

function terminationListeners() {
  return new Map(TERMINATION.map((event) => [event, new Set(process.rawListeners(event))]))
}

/** @param {ReturnType<typeof terminationListeners>} before */
function removeListenersAddedSince(before) {
  for (const event of TERMINATION) {
    for (const listener of process.rawListeners(event)) {
      if (!before.get(event)?.has(listener)) process.off(event, /** @type {any} */ (listener))
    }
  }
}

/** @param {import('./log.js').Log} log */
function runtimeLogger(log) {
  return new Logger({
    level: 'warn',
    writers: [
      {
        write(level, _attributes, message) {
          // The attributes may hold a request as it was sent, token included.
          // Without a message it is an error of one request, which masking has logged if it is ours.
          if (message) log[level === 'error' ? 'error' : 'warn']({ engine: message }, 'engine')
        },
      },
    ],
  })
}
