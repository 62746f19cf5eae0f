/**
 * Who may have what executed: nobody with a bad token, nobody too often, and what is not
 * persisted only those who may ask anything.
 */
import { aboutRequest, refusal } from './errors.js'
import { mayAskAnything } from './identity.js'
import { ANONYMOUS } from './manifest.js'
import { RateLimit } from './rate.js'

/** @typedef {import('./call.js').Call} Call */
/** @typedef {{ query?: string, documentId?: unknown, operationName?: string | null, extensions?: Record<string, any> }} Params */

export class Admission {
  /**
   * @param {{
   *   persistedOnly: boolean, requestsPerMinute: number, anonymousRequestsPerMinute: number,
   *   now: () => number,
   * }} options persistedOnly: whether anybody is held to the manifests; now in milliseconds
   */
  constructor({ persistedOnly, requestsPerMinute, anonymousRequestsPerMinute, now }) {
    this.persistedOnly = persistedOnly
    this.known = new RateLimit({ perMinute: requestsPerMinute, now })
    this.unknown = new RateLimit({ perMinute: anonymousRequestsPerMinute, now })
  }

  /**
   * @param {Call} call
   * @param {Params} params
   * @param {import('./manifest.js').Manifest} manifest
   * @returns {string | undefined} the text to execute, where it is not the one in `params`
   * @throws {import('graphql').GraphQLError}
   */
  admit(call, params, manifest) {
    this.countIn(call)
    if (call.refused) throw call.refused
    if (typeof (params.operationName ?? '') !== 'string') {
      const message = aboutRequest('The name of an operation must be text.')
      throw refusal('BAD_USER_INPUT', { message, extensions: { http: { status: 400 } } })
    }
    const id = persistedId(params)
    if (id === null) {
      if (typeof params.query === 'string') this.#admitText(call, params.query, manifest)
      return undefined
    }
    const operation = manifest.find(id, this.#clientOf(call))
    if (!operation) {
      // A known text sent with its hash, to be remembered: nothing is remembered here.
      if (typeof params.query === 'string') {
        this.#admitText(call, params.query, manifest)
        return undefined
      }
      throw refusal('QUERY_REFUSED', {
        message: '未登记的操作，请更新后重试。',
        extensions: { limit: 'unknownPersistedOperation' },
      })
    }
    call.operation = operation.name
    return operation.body
  }

  /**
   * Whoever shows a bad token is nobody in particular, and counted by address like them.
   * @param {{ identity: Call['identity'], address: string }} call
   * @throws {import('graphql').GraphQLError} RATE_LIMITED
   */
  countIn(call) {
    const wait = call.identity
      ? this.known.take(call.identity.accountId)
      : this.unknown.take(call.address)
    if (wait > 0) throw refusal('RATE_LIMITED', { extensions: { retryAfterSeconds: wait } })
  }

  /** @param {Call} call */
  #clientOf(call) {
    if (call.identity) return call.identity.client
    return this.persistedOnly ? ANONYMOUS : null
  }

  /** @param {Call} call @param {string} text @param {import('./manifest.js').Manifest} manifest */
  #admitText(call, text, manifest) {
    if (this.persistedOnly && !mayAskAnything(call.identity)) {
      throw refusal('QUERY_REFUSED', { extensions: { limit: 'persistedOperationsOnly' } })
    }
    call.operation = manifest.nameOf(text) ?? call.operation
  }
}

/**
 * The two conventions: `extensions.persistedQuery.sha256Hash`, and `documentId`.
 * @param {Params} params
 * @returns {string | null}
 */
function persistedId({ documentId, extensions }) {
  const id = documentId ?? extensions?.['persistedQuery']?.sha256Hash
  return typeof id === 'string' ? id.replace(/^sha256:/, '') : null
}
