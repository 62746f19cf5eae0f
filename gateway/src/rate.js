/**
 * A bucket of requests for each identity, refilled steadily.
 */

const REMEMBERED_CALLERS = 20_000
const BURST_SECONDS = 10

/** @typedef {{ left: number, at: number }} Bucket */

export class RateLimit {
  /** @type {Map<string, Bucket>} least recently used first */
  #buckets = new Map()

  /**
   * @param {{ perMinute: number, now?: () => number }} options `now` in milliseconds
   */
  constructor({ perMinute, now = () => performance.now() }) {
    this.perMillisecond = perMinute / 60_000
    this.capacity = Math.max(1, (perMinute / 60) * BURST_SECONDS)
    this.now = now
  }

  /**
   * @param {string} caller
   * @returns {number} 0 if the request may pass, else the seconds after which one may
   */
  take(caller) {
    const at = this.now()
    const bucket = this.#buckets.get(caller) ?? { left: this.capacity, at }
    this.#buckets.delete(caller)
    if (this.#buckets.size >= REMEMBERED_CALLERS) {
      const [oldest = ''] = this.#buckets.keys()
      this.#buckets.delete(oldest)
    }
    this.#buckets.set(caller, bucket)
    bucket.left = Math.min(this.capacity, bucket.left + (at - bucket.at) * this.perMillisecond)
    bucket.at = at
    if (bucket.left < 1) return Math.ceil((1 - bucket.left) / this.perMillisecond / 1000)
    bucket.left -= 1
    return 0
  }
}
