/**
 * One client's WebSocket: what runs over it, and how it is closed.
 */
import { CloseCode } from 'graphql-ws'
import { refusal, withoutStatus } from './errors.js'
import { isIterable } from './iterators.js'

/** Clients open a new socket after 1012; after 4401 they log in first. */
const CLOSING = Object.freeze({
  expired: { code: CloseCode.Unauthorized, text: 'Token expired', atOnce: true },
  anonymous: { code: CloseCode.Unauthorized, text: 'Log in', atOnce: true },
  revoked: { code: CloseCode.Unauthorized, text: 'Session ended', atOnce: true },
  reloaded: { code: 1012, text: 'Reconnect', atOnce: false },
  stopping: { code: 1012, text: 'Reconnect', atOnce: false },
})

/** @typedef {import('./generation.js').Generation} Generation */

export class Socket {
  /** @type {Map<Generation, number>} how many subscriptions run on each */
  #feeding = new Map()
  #answering = 0
  #fed = 0
  /** @type {(() => void) | null} */
  #closeWhenAnswered = null

  /**
   * @param {import('ws').WebSocket} socket
   * @param {import('./identity.js').Identity | null} identity
   * @param {string | undefined} authorization as the client's first message had it
   * @param {number} limit of operations at a time
   */
  constructor(socket, identity, authorization, limit) {
    this.limit = limit
    this.socket = socket
    this.identity = identity
    this.authorization = authorization
  }

  /** @param {import('./streams.js').Reason} reason */
  end = (reason) => {
    const { code, text, atOnce } = CLOSING[reason]
    const close = () => this.socket.close(code, text)
    if (atOnce || this.#answering === 0) close()
    else this.#closeWhenAnswered = close
  }

  /** @param {unknown} generation */
  isFedBy = (generation) => this.#feeding.has(/** @type {Generation} */ (generation))

  /**
   * Run one operation on a generation, holding on to it until the last result.
   * @param {Generation} generation
   * @param {() => any} operation
   * @returns {Promise<any>} a result, or an iterable of them
   */
  async run(generation, operation) {
    if (this.#answering + this.#fed >= this.limit) {
      throw refusal('QUERY_REFUSED', {
        extensions: { limit: 'subscriptionsPerSocket', allowed: this.limit },
      })
    }
    const leave = generation.enter()
    this.#answering += 1
    try {
      const result = await operation()
      if (isIterable(result)) {
        // Replaced while this was opening, when nobody could see yet that it would be fed by it.
        if (generation.retired) this.end('reloaded')
        return this.#feed(generation, result, leave)
      }
      leave()
      return plain(result)
    } catch (error) {
      leave()
      throw error
    } finally {
      this.#answering -= 1
      // After this turn of the loop, when the answer is on its way.
      if (this.#answering === 0 && this.#closeWhenAnswered) setImmediate(this.#closeWhenAnswered)
    }
  }

  /**
   * @param {Generation} generation
   * @param {AsyncIterable<any>} results
   * @param {() => void} leave
   * @returns {AsyncIterableIterator<any>}
   */
  #feed(generation, results, leave) {
    const iterator = results[Symbol.asyncIterator]()
    this.#feeding.set(generation, (this.#feeding.get(generation) ?? 0) + 1)
    this.#fed += 1
    let done = false
    const finish = () => {
      if (done) return
      done = true
      leave()
      this.#fed -= 1
      const left = (this.#feeding.get(generation) ?? 1) - 1
      if (left > 0) this.#feeding.set(generation, left)
      else this.#feeding.delete(generation)
    }
    return {
      async next() {
        const step = await iterator.next()
        if (step.done) finish()
        return step.done ? step : { done: false, value: plain(step.value) }
      },
      async return(value) {
        finish()
        await iterator.return?.()
        return { done: true, value }
      },
      [Symbol.asyncIterator]() {
        return this
      },
    }
  }
}

/** @param {any} result */
function plain(result) {
  return result?.errors ? { ...result, errors: result.errors.map(withoutStatus) } : result
}
