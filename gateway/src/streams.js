/**
 * Every open socket and event stream, so that each can be ended when its token expires, its
 * session is revoked, its supergraph is replaced, or the gateway stops.
 */

/**
 * @typedef {'expired' | 'revoked' | 'reloaded' | 'stopping'} Reason
 * @typedef {object} Stream
 * @property {import('./identity.js').Identity | null} identity
 * @property {(reason: Reason) => void} end
 * @property {(generation: unknown) => boolean} isFedBy whether a subscription of it runs on that generation
 */

const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1

export class Streams {
  /** @type {Map<Stream, NodeJS.Timeout | undefined>} */
  #open = new Map()

  /**
   * @param {{ metrics: import('./metrics.js').Metrics, log: import('./log.js').Log, now?: () => number }} options
   */
  constructor({ metrics, log, now = Date.now }) {
    this.metrics = metrics
    this.log = log
    this.now = now
  }

  get size() {
    return this.#open.size
  }

  /**
   * @param {Stream} stream
   * @returns {() => void} to be called when it has ended by itself
   */
  add(stream) {
    this.#open.set(stream, this.#timer(stream))
    return () => this.#forget(stream)
  }

  /** @param {(sessionId: string) => boolean} isRevoked */
  endRevoked(isRevoked) {
    this.#endThose('revoked', ({ identity }) => identity !== null && isRevoked(identity.sessionId))
  }

  /** @param {unknown} generation */
  endFedBy(generation) {
    this.#endThose('reloaded', (stream) => stream.isFedBy(generation))
  }

  endAll() {
    this.#endThose('stopping', () => true)
  }

  /** @param {Reason} reason @param {(stream: Stream) => boolean} isMeant */
  #endThose(reason, isMeant) {
    for (const stream of [...this.#open.keys()].filter(isMeant)) this.#end(stream, reason)
  }

  /** @param {Stream} stream */
  #timer(stream) {
    if (!stream.identity) return undefined
    const left = Math.max(0, stream.identity.expiresAt - this.now())
    const timer = setTimeout(
      () => this.#end(stream, 'expired'),
      Math.min(left, LONGEST_TIMER_MILLISECONDS),
    )
    timer.unref()
    return timer
  }

  /** @param {Stream} stream @param {Reason} reason */
  #end(stream, reason) {
    if (!this.#forget(stream)) return
    this.metrics.closedStreams.inc({ reason })
    this.log.debug({ reason }, 'stream ended')
    stream.end(reason)
  }

  /** @param {Stream} stream */
  #forget(stream) {
    clearTimeout(this.#open.get(stream))
    return this.#open.delete(stream)
  }
}
