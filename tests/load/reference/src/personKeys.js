/**
 * People's keys, from the collection `person_keys`, in memory for as long as in the services'.
 */
import { FieldCipher } from './encryption.js'

const CACHE_LIFE_MILLISECONDS = 5_000
const CACHED = 10_000

/** @typedef {{ _id: string, wrapped: Buffer | null, wrapped_by: string | null }} PersonKey */

export class PersonKeys {
  /** @type {Map<string, { readAt: number, cipher: FieldCipher }>} the least recently used first */
  #cache = new Map()

  /**
   * @param {import('mongodb').Collection<PersonKey>} collection
   * @param {import('./encryption.js').WrappingKeys} wrapping
   * @param {{ now?: () => number }} [options]
   */
  constructor(collection, wrapping, { now = Date.now } = {}) {
    this.collection = collection
    this.wrapping = wrapping
    this.now = now
  }

  /**
   * Those of the people who have a key, with one read for all that are not in memory.
   * @param {Iterable<string>} people
   * @returns {Promise<Map<string, FieldCipher>>}
   */
  async ciphers(people) {
    /** @type {Map<string, FieldCipher>} */
    const found = new Map()
    /** @type {string[]} */
    const missing = []
    for (const person of new Set(people)) {
      const cipher = this.#recall(person)
      if (cipher) found.set(person, cipher)
      else missing.push(person)
    }
    if (missing.length === 0) return found
    const documents = await this.collection.find({ _id: { $in: missing } }).toArray()
    for (const { _id, wrapped, wrapped_by } of documents) {
      if (wrapped === null || wrapped_by === null) continue // the person was erased
      const cipher = new FieldCipher(this.wrapping.unwrap(wrapped_by, wrapped))
      found.set(_id, cipher)
      this.#keep(_id, cipher)
    }
    return found
  }

  /** @param {string} person */
  #recall(person) {
    const kept = this.#cache.get(person)
    if (!kept) return null
    this.#cache.delete(person)
    if (kept.readAt + CACHE_LIFE_MILLISECONDS <= this.now()) return null
    this.#cache.set(person, kept)
    return kept.cipher
  }

  /**
   * @param {string} person
   * @param {FieldCipher} cipher
   */
  #keep(person, cipher) {
    this.#cache.delete(person)
    this.#cache.set(person, { readAt: this.now(), cipher })
    for (const oldest of this.#cache.keys()) {
      if (this.#cache.size <= CACHED) break
      this.#cache.delete(oldest)
    }
  }
}
