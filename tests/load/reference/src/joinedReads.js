/**
 * Reads by id that are wanted at the same time, by whichever request, as one query.
 */
import { MongoNetworkError, MongoServerSelectionError } from 'mongodb'

/**
 * What there is by some ids, and nothing for what is not there.
 * @template T
 * @typedef {(communityId: string, ids: string[]) => Promise<Map<string, T>>} Read
 */

/**
 * One query that is still to be sent: what it asks for, and who waits for it.
 * @template T
 * @typedef {object} Joined
 * @property {Set<string>} ids
 * @property {number} callers
 * @property {Promise<Map<string, T>>} answer
 * @property {() => Promise<void>} send
 */

const IDS_AT_ONCE = 500

/**
 * A read is sent when those who are about to ask have asked; while one is under way the next waits.
 * Each sees what was there after it asked, and nothing is kept: as `chassis.joined_reads` has it.
 * @template T
 */
export class JoinedReads {
  /** @type {Map<string, Joined<T>>} by community */
  #next = new Map()
  /** @type {Set<string>} communities of which a query is under way, or about to be */
  #sending = new Set()

  /** @param {Read<T>} read what it finds is handed to several callers: none of them changes it */
  constructor(read) {
    this.read = read
  }

  /**
   * In the order of the ids; null for what is not there.
   * @param {string} communityId
   * @param {readonly string[]} ids
   * @returns {Promise<(T | null)[]>}
   */
  async inOrder(communityId, ids) {
    const found = await this.#byId(communityId, ids)
    return ids.map((id) => found.get(id) ?? null)
  }

  /**
   * @param {string} communityId
   * @param {readonly string[]} ids
   */
  async #byId(communityId, ids) {
    const joined = this.#next.get(communityId) ?? this.#joined(communityId)
    if (joined.ids.size + ids.length > IDS_AT_ONCE) return this.read(communityId, [...ids])
    for (const id of ids) joined.ids.add(id)
    joined.callers += 1
    this.#next.set(communityId, joined)
    if (!this.#sending.has(communityId)) {
      this.#sending.add(communityId)
      setImmediate(() => void this.#send(communityId))
    }
    try {
      return await joined.answer
    } catch (error) {
      // What cannot be read may be another caller's.
      if (joined.callers === 1 || isAway(error)) throw error
      return this.read(communityId, [...ids])
    }
  }

  /**
   * @param {string} communityId
   * @returns {Joined<T>}
   */
  #joined(communityId) {
    /** @type {Set<string>} */
    const ids = new Set()
    /** @type {(found: Map<string, T> | Promise<Map<string, T>>) => void} */
    let resolve = () => {}
    /** @type {Promise<Map<string, T>>} */
    const answer = new Promise((resolved) => (resolve = resolved))
    const send = async () => {
      resolve(this.read(communityId, [...ids]))
      await answer.catch(() => {}) // whoever asked is told
    }
    return { ids, callers: 0, answer, send }
  }

  /**
   * One query after the other, for as long as somebody waits for the next.
   * @param {string} communityId
   */
  async #send(communityId) {
    for (let joined; (joined = this.#next.get(communityId)); ) {
      this.#next.delete(communityId)
      await joined.send()
    }
    this.#sending.delete(communityId)
  }
}

/** @param {unknown} error */
function isAway(error) {
  return error instanceof MongoNetworkError || error instanceof MongoServerSelectionError
}
