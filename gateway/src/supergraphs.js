/**
 * The generation in use, and its replacement when the file changes. A file that cannot be used
 * changes nothing.
 */
import { unwatchFile, watchFile } from 'node:fs'
import { Generation } from './generation.js'
import { Manifest } from './manifest.js'
import { readSupergraph } from './supergraph.js'

/** Asked for by time, so that a file behind a symbolic link that is switched is seen as well. */
const WATCH_MILLISECONDS = 1_000

export class Supergraphs {
  /** @type {Promise<unknown>} */
  #last = Promise.resolve()
  /** @type {Set<Promise<void>>} */
  #leaving = new Set()
  /** @type {Generation | null} */
  #current = null
  #onFileChange = () => void this.reload()
  /** @type {number | null} epoch milliseconds */
  loadedAt = null

  /** @param {import('./generation.js').Parts} parts */
  constructor(parts) {
    this.parts = parts
  }

  /** @throws {import('./supergraph.js').SupergraphError} */
  async start() {
    const { supergraph, manifest } = await this.#read()
    this.#current = await Generation.start(supergraph, manifest, this.parts)
    this.loadedAt = Date.now()
    watchFile(
      this.parts.settings.supergraphFile,
      { interval: WATCH_MILLISECONDS, persistent: false },
      this.#onFileChange,
    )
  }

  get current() {
    if (!this.#current) throw new Error('no supergraph was loaded yet')
    return this.#current
  }

  /** Old generations on which something still runs. */
  get leaving() {
    return this.#leaving.size
  }

  /** @returns {Promise<unknown>} when the file as it is now is in use, or refused */
  reload() {
    this.#last = this.#last.then(() => this.#replace())
    return this.#last
  }

  async stop() {
    unwatchFile(this.parts.settings.supergraphFile, this.#onFileChange)
    await this.#last
    await Promise.all(this.#leaving)
    await this.#current?.dispose()
  }

  async #replace() {
    const { log, metrics, streams } = this.parts
    const old = this.current
    try {
      const found = await this.#read()
      // Touched, or seen twice: no reason to make every stream reconnect.
      if (isSame(old, found)) return
      const next = await Generation.start(found.supergraph, found.manifest, this.parts)
      this.#current = next
      this.loadedAt = Date.now()
      metrics.reloads.inc({ outcome: 'taken' })
      log.info({ hash: next.supergraph.hash }, 'supergraph reloaded')
      old.retired = true
      streams.endFedBy(old)
      const leaving = old.idle().then(() => old.dispose())
      this.#leaving.add(leaving)
      void leaving.finally(() => this.#leaving.delete(leaving))
    } catch (error) {
      metrics.reloads.inc({ outcome: 'refused' })
      log.error({ error: String(error) }, 'supergraph not reloaded, the old one stays')
    }
  }

  async #read() {
    const { settings } = this.parts
    return {
      supergraph: await readSupergraph(settings.supergraphFile, settings.serviceUrls),
      manifest: await Manifest.read(settings.manifestDirectory),
    }
  }
}

/**
 * @param {Generation} one
 * @param {{ supergraph: import('./supergraph.js').Supergraph, manifest: Manifest }} other
 */
function isSame(one, other) {
  return (
    one.supergraph.hash === other.supergraph.hash &&
    one.manifest.fingerprint === other.manifest.fingerprint
  )
}
