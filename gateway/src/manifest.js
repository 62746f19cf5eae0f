/**
 * The operations that clients keep here, by the hash of their text.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

export const ANONYMOUS = 'anonymous'

/**
 * @typedef {object} Operation
 * @property {string} id SHA-256 of the body, in hexadecimal
 * @property {string} name
 * @property {'query' | 'mutation' | 'subscription'} type
 * @property {string} body
 */

/**
 * One client's manifest, in the format that Apollo's clients and Hive Router read.
 * @typedef {{ format: string, version: number, operations: Operation[] }} ManifestFile
 */

export const FORMAT = 'apollo-persisted-query-manifest'

/** @param {string} body */
export function idOf(body) {
  return createHash('sha256').update(body).digest('hex')
}

export class Manifest {
  /** @type {Map<string, Map<string, Operation>>} client to id to operation */
  #byClient = new Map()
  /** @type {Map<string, string>} body to name */
  #names = new Map()

  /** @param {Map<string, Operation[]>} operations by client */
  constructor(operations) {
    for (const [client, list] of operations) {
      this.#byClient.set(client, new Map(list.map((operation) => [operation.id, operation])))
      for (const { body, name } of list) this.#names.set(body, name)
    }
  }

  /**
   * @param {string} directory holds a `<client>.json` for each client
   * @throws {Error} saying which file is not a manifest
   */
  static async read(directory) {
    /** @type {Map<string, Operation[]>} */
    const operations = new Map()
    for (const file of (await readdir(directory)).sort()) {
      if (!file.endsWith('.json')) continue
      operations.set(path.basename(file, '.json'), await readOne(path.join(directory, file)))
    }
    return new Manifest(operations)
  }

  /** The same for the same operations of the same clients. */
  get fingerprint() {
    const lists = [...this.#byClient].map(([client, ids]) => [client, ...ids.keys()].join(' '))
    return lists.join('\n')
  }

  /**
   * @param {string} id
   * @param {string | null} client null: whoever it is for
   * @returns {Operation | undefined}
   */
  find(id, client) {
    if (client !== null) {
      return this.#byClient.get(client)?.get(id) ?? this.#byClient.get(ANONYMOUS)?.get(id)
    }
    for (const operations of this.#byClient.values()) {
      const found = operations.get(id)
      if (found) return found
    }
    return undefined
  }

  /** @param {string} body @returns {string | undefined} */
  nameOf(body) {
    return this.#names.get(body)
  }
}

/** @param {string} file */
async function readOne(file) {
  /** @type {ManifestFile} */
  const { format, version, operations } = JSON.parse(await readFile(file, 'utf8'))
  if (format !== FORMAT || version !== 1 || !Array.isArray(operations)) {
    throw new Error(`${file} is not a manifest of persisted operations`)
  }
  for (const { id, body, name } of operations) {
    if (idOf(body) !== id) throw new Error(`${file}: the id of ${name} is not the hash of its body`)
  }
  return operations
}
