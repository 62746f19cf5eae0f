/**
 * So many sockets and event streams at a time for one address.
 */
export class Places {
  /** @type {Map<string, number>} */
  #taken = new Map()

  /** @param {number} limit */
  constructor(limit) {
    this.limit = limit
  }

  /**
   * @param {string} address
   * @returns {(() => void) | null} gives the place back; null if there was none left
   */
  take(address) {
    const taken = this.#taken.get(address) ?? 0
    if (taken >= this.limit) return null
    this.#taken.set(address, taken + 1)
    let given = false
    return () => {
      if (given) return
      given = true
      const left = (this.#taken.get(address) ?? 1) - 1
      if (left > 0) this.#taken.set(address, left)
      else this.#taken.delete(address)
    }
  }
}
