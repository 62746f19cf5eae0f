/**
 * The sessions that residents has ended, asked for every second; the last answer stands while
 * residents is away.
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { isMissingFile, writeWhole } from './jwks.js'

const FETCH_TIMEOUT_MILLISECONDS = 1_500

/** @typedef {{ sid: string, revokedAt: string, expiresAt: string }} Revocation */

export class Revocations {
  /** @type {Map<string, number>} session id to the epoch milliseconds when its tokens are dead anyway */
  #until = new Map()
  /** @type {NodeJS.Timeout | undefined} */
  #timer
  /** @type {Set<(isRevoked: (sessionId: string) => boolean) => void>} */
  #listeners = new Set()
  #stopped = false
  #stored = ''
  #away = false
  /** @type {number | null} epoch milliseconds of the last answer */
  answeredAt = null

  /**
   * @param {{
   *   url: string, directory: string, pollSeconds: number, log: import('./log.js').Log, now?: () => number,
   * }} options
   */
  constructor({ url, directory, pollSeconds, log, now = Date.now }) {
    this.url = url
    this.file = path.join(directory, 'revocations.json')
    this.pollMilliseconds = pollSeconds * 1000
    this.log = log
    this.now = now
  }

  async start() {
    await this.#load()
    await this.#pollForEver()
  }

  stop() {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  /** @param {string} sessionId */
  isRevoked = (sessionId) => (this.#until.get(sessionId) ?? 0) > this.now()

  /** @param {(isRevoked: (sessionId: string) => boolean) => void} listener called after each answer */
  onAnswer(listener) {
    this.#listeners.add(listener)
  }

  async #pollForEver() {
    await this.#poll()
    if (this.#stopped) return
    this.#timer = setTimeout(() => void this.#pollForEver(), this.pollMilliseconds)
    this.#timer.unref()
  }

  async #poll() {
    try {
      const response = await fetch(this.url, {
        signal: AbortSignal.timeout(FETCH_TIMEOUT_MILLISECONDS),
      })
      if (!response.ok) throw new Error(`status ${response.status}`)
      const text = await response.text()
      this.#use(text)
      this.answeredAt = this.now()
      if (this.#away) this.log.info('revocations answered again')
      this.#away = false
      await this.#store()
    } catch (error) {
      if (!this.#away) this.log.warn({ error: String(error) }, 'revocations not answered')
      this.#away = true
    }
    for (const listener of this.#listeners) listener(this.isRevoked)
  }

  /** @param {string} text */
  #use(text) {
    /** @type {{ revoked: Revocation[] }} */
    const { revoked } = JSON.parse(text)
    if (!Array.isArray(revoked)) throw new Error('not a list of revocations')
    const until = new Map(revoked.map(({ sid, expiresAt }) => [sid, Date.parse(expiresAt)]))
    if ([...until.values()].some(Number.isNaN)) throw new Error('a revocation without an end')
    this.#until = until
  }

  async #load() {
    try {
      this.#use(await readFile(this.file, 'utf8'))
    } catch (error) {
      if (isMissingFile(error)) return
      this.log.warn({ file: this.file, error: String(error) }, 'stored revocations not usable')
    }
  }

  async #store() {
    const revoked = [...this.#until].map(([sid, until]) => ({
      sid,
      expiresAt: new Date(until).toISOString(),
    }))
    const text = JSON.stringify({ revoked })
    if (text === this.#stored) return
    await writeWhole(this.file, text)
    this.#stored = text
  }
}
