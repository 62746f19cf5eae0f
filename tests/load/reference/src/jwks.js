/**
 * The issuer's public keys, fetched over HTTP and refreshed in the background.
 */
import { importJWK } from 'jose'

const FETCH_TIMEOUT_MILLISECONDS = 3_000
const UNKNOWN_KEY_PAUSE_MILLISECONDS = 30_000
const REFRESH_MILLISECONDS = 300_000
const RETRY_MILLISECONDS = 1_000

/** @typedef {Awaited<ReturnType<typeof importJWK>>} Key */

export class Jwks {
  /** @type {Map<string, Key>} */
  #keys = new Map()
  /** @type {Promise<boolean> | null} */
  #fetching = null
  /** @type {NodeJS.Timeout | undefined} */
  #timer
  #fetchedAt = -Infinity
  #text = ''
  #isStopped = false

  /**
   * @param {string} url
   * @param {{ now?: () => number }} [options]
   */
  constructor(url, { now = Date.now } = {}) {
    this.url = url
    this.now = now
  }

  /** Fetch now, and again for as long as the process lives. */
  async start() {
    const isFetched = await this.#fetch()
    if (this.#isStopped) return
    const pause = isFetched ? REFRESH_MILLISECONDS : RETRY_MILLISECONDS
    this.#timer = setTimeout(() => void this.start(), pause)
  }

  stop() {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  get isReady() {
    return this.#keys.size > 0
  }

  /**
   * A key that is known already.
   * @param {string} id
   */
  known(id) {
    return this.#keys.get(id) ?? null
  }

  /**
   * The key of this id, after at most one fetch in 30 s for ids that nobody knows.
   * @param {string} id
   */
  async key(id) {
    const known = this.#keys.get(id)
    if (known) return known
    if (this.#fetching || this.now() - this.#fetchedAt >= UNKNOWN_KEY_PAUSE_MILLISECONDS) {
      await this.#fetch()
    }
    return this.known(id)
  }

  #fetch() {
    this.#fetching ??= this.#fetchOnce().finally(() => {
      this.#fetching = null
    })
    return this.#fetching
  }

  async #fetchOnce() {
    this.#fetchedAt = this.now()
    try {
      const signal = AbortSignal.timeout(FETCH_TIMEOUT_MILLISECONDS)
      const response = await fetch(this.url, { signal })
      if (!response.ok) throw new Error(`status ${response.status}`)
      await this.#use(await response.text())
      return true
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      process.stderr.write(`keys cannot be fetched: ${reason}\n`)
      return false
    }
  }

  /**
   * The keys stay the same objects as long as the set does: checked tokens stay checked.
   * @param {string} text
   */
  async #use(text) {
    if (text === this.#text) return
    /** @type {Map<string, Key>} */
    const keys = new Map()
    for (const { kid, kty, crv, x } of JSON.parse(text).keys) {
      if (kid && kty === 'OKP' && crv === 'Ed25519' && x) {
        keys.set(kid, await importJWK({ kty, crv, x }, 'EdDSA'))
      }
    }
    if (keys.size === 0) throw new Error('the set holds no Ed25519 key')
    this.#keys = keys
    this.#text = text
  }
}
