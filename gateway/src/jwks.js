/**
 * The keys that residents signs tokens with: fetched, kept on disk, used while residents is away.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { importJWK } from 'jose'

const FETCH_TIMEOUT_MILLISECONDS = 3_000
const UNKNOWN_KEY_COOLDOWN_MILLISECONDS = 30_000
const REFRESH_MILLISECONDS = 300_000
const RETRY_MILLISECONDS = 2_000

/** @typedef {{ keys: import('jose').JWK[] }} KeySet */

/** No key of that id is known, and none may be asked for now. */
export class UnknownKey extends Error {}

export class Jwks {
  /** @type {Map<string, CryptoKey | Uint8Array>} */
  #keys = new Map()
  /** @type {Promise<boolean> | null} */
  #fetching = null
  /** @type {NodeJS.Timeout | undefined} */
  #timer
  #mayAskAgainAt = -Infinity
  #stored = ''
  #inUse = ''
  #stopped = false
  /** Rises whenever the keys change; whoever remembers verified tokens forgets them then. */
  generation = 0
  /** @type {number | null} epoch milliseconds of the last fetch that worked */
  fetchedAt = null

  /**
   * @param {{ url: string, directory: string, log: import('./log.js').Log, now?: () => number }} options
   */
  constructor({ url, directory, log, now = Date.now }) {
    this.url = url
    this.file = path.join(directory, 'jwks.json')
    this.log = log
    this.now = now
  }

  /** Read the stored set, then fetch; ready as soon as either is good. */
  async start() {
    await this.#load()
    const first = this.#refreshForEver()
    if (!this.ready) await first
  }

  stop() {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  get ready() {
    return this.#keys.size > 0
  }

  /**
   * @param {string | undefined} keyId
   * @returns {Promise<CryptoKey | Uint8Array>}
   * @throws {UnknownKey}
   */
  async key(keyId) {
    if (!keyId) throw new UnknownKey('the token names no key')
    const known = this.#keys.get(keyId)
    if (known) return known
    if (this.now() >= this.#mayAskAgainAt) {
      this.#mayAskAgainAt = this.now() + UNKNOWN_KEY_COOLDOWN_MILLISECONDS
      // A fetch that failed says nothing of the key: its holder waits no longer than need be.
      if (!(await this.#fetch())) this.#mayAskAgainAt = this.now() + RETRY_MILLISECONDS
    } else if (this.#fetching) {
      await this.#fetching
    }
    const fetched = this.#keys.get(keyId)
    if (!fetched) throw new UnknownKey('no such key')
    return fetched
  }

  async #refreshForEver() {
    const worked = await this.#fetch()
    if (this.#stopped) return
    this.#timer = setTimeout(
      () => void this.#refreshForEver(),
      worked ? REFRESH_MILLISECONDS : RETRY_MILLISECONDS,
    )
    this.#timer.unref()
  }

  #fetch() {
    this.#fetching ??= this.#fetchOnce().finally(() => {
      this.#fetching = null
    })
    return this.#fetching
  }

  async #fetchOnce() {
    try {
      const response = await fetch(this.url, {
        signal: AbortSignal.timeout(FETCH_TIMEOUT_MILLISECONDS),
      })
      if (!response.ok) throw new Error(`status ${response.status}`)
      const text = await response.text()
      await this.#use(text)
      this.fetchedAt = this.now()
      await this.#store(text)
      return true
    } catch (error) {
      this.log.warn({ url: this.url, error: String(error) }, 'jwks not fetched')
      return false
    }
  }

  /** @param {string} text */
  async #use(text) {
    if (text === this.#inUse) return
    this.#keys = await importKeys(text)
    this.#inUse = text
    this.generation += 1
  }

  async #load() {
    try {
      const text = await readFile(this.file, 'utf8')
      await this.#use(text)
      this.#stored = text
    } catch (error) {
      if (isMissingFile(error)) return
      this.log.warn({ file: this.file, error: String(error) }, 'stored jwks not usable')
    }
  }

  /** @param {string} text */
  async #store(text) {
    if (text === this.#stored) return
    await writeWhole(this.file, text)
    this.#stored = text
  }
}

/**
 * Only public Ed25519 keys with an id count.
 * @param {string} text
 */
async function importKeys(text) {
  /** @type {KeySet} */
  const set = JSON.parse(text)
  if (!Array.isArray(set?.keys)) throw new Error('not a JWKS')
  /** @type {Map<string, CryptoKey | Uint8Array>} */
  const keys = new Map()
  for (const { kid, kty, crv, x } of set.keys) {
    if (kid && kty === 'OKP' && crv === 'Ed25519' && x) {
      keys.set(kid, await importJWK({ kty, crv, x }, 'EdDSA'))
    }
  }
  if (keys.size === 0) throw new Error('a JWKS without a usable key')
  return keys
}

/** @param {unknown} error */
export function isMissingFile(error) {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/**
 * Write a file so that a reader, or a crash, sees the old one or the new one.
 * @param {string} file
 * @param {string} text
 */
export async function writeWhole(file, text) {
  await mkdir(path.dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.draft`
  await writeFile(draft, text, { mode: 0o600 })
  await rename(draft, file)
}
