/**
 * Every open socket and event stream, so that each can be ended when its token expires, its
 * session is revoked, its supergraph is replaced, or the gateway stops.
 */

/**
 * @typedef {'expired' | 'anonymous' | 'revoked' | 'reloaded' | 'stopping'} Reason
 * @typedef {object} Stream
 * @property {import('./identity.js').Identity | null} identity
 * @property {(reason: Reason) => void} end
 * @property {(generation: unknown) => boolean} isFedBy whether a subscription of it runs on that generation
 */

const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1

export class Streams {
  /** @type {Map<Stream, NodeJS.Timeout | undefined>} */
  #open = new Map()
  #stopping = false

  /**
   * @param {{
   *   metrics: import('./metrics.js').Metrics, log: import('./log.js').Log,
   *   anonymousSeconds: number | null, now?: () => number,
   * }} options anonymousSeconds: how long one without a token lives; null: for as long as it likes
   */
  constructor({ metrics, log, anonymousSeconds, now = Date.now }) {
    this.anonymousSeconds = anonymousSeconds
    this.metrics = metrics
    this.log = log
    this.now = now
  }

  get size() {
    return this.#open.size
  }

  /**
   * One that comes too late, opened while its supergraph was replaced or the gateway began to
   * stop, is ended at once.
   * @param {Stream} stream
   * @param {{ retired: boolean } | null} [generation] that feeds it
   * @returns {() => void} to be called when it has ended by itself
   */
  add(stream, generation = null) {
    this.#open.set(stream, this.#timer(stream))
    if (this.#stopping) this.#end(stream, 'stopping')
    else if (generation?.retired) this.#end(stream, 'reloaded')
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
    this.#stopping = true
    this.#endThose('stopping', () => true)
  }

  /** @param {Reason} reason @param {(stream: Stream) => boolean} isMeant */
  #endThose(reason, isMeant) {
    for (const stream of [...this.#open.keys()].filter(isMeant)) this.#end(stream, reason)
  }

  /** @param {Stream} stream */
  #timer(stream) {
    const { identity } = stream
    if (!identity && this.anonymousSeconds === null) return undefined
    const left = identity
      ? Math.max(0, identity.expiresAt - this.now())
      : (this.anonymousSeconds ?? 0) * 1000
    const timer = setTimeout(
      () => this.#end(stream, identity ? 'expired' : 'anonymous'),
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
