/**
 * A gateway with everything around it, on free ports, with state of its own.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { compose } from '../../compose.mjs'
import { manifests } from '../../manifest.mjs'
import { startGateway } from '../../src/gateway.js'
import { createLog } from '../../src/log.js'
import { readSettings } from '../../src/settings.js'
import { FakeResidents } from './residents.js'
import { SERVICES, Services } from './services.js'

const tests = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** @typedef {{ query?: string, variables?: object, operationName?: string, token?: string | undefined, headers?: Record<string, string>, extensions?: object, documentId?: string }} Asked */
/** @typedef {{ status: number, headers: Headers, body: any }} Answer */

export class Stage {
  /** @type {string[]} lines of the gateway's log */
  logged = []
  /** @type {import('../../src/gateway.js').Gateway | null} */
  gateway = null

  /** @param {string} directory @param {FakeResidents} residents @param {Services} services */
  constructor(directory, residents, services) {
    this.directory = directory
    this.residents = residents
    this.services = services
  }

  /**
   * @param {Record<string, string>} [environment]
   * @param {() => number} [now] milliseconds, by which requests are counted
   */
  static async set(environment = {}, now = undefined) {
    const stage = await Stage.prepare()
    await stage.start(environment, now)
    return stage
  }

  /** Everything but the gateway. */
  static async prepare() {
    const [directory, residents, services] = await Promise.all([
      mkdtemp(path.join(tmpdir(), 'linli-gateway-')),
      FakeResidents.start(),
      Services.start(),
    ])
    const stage = new Stage(directory, residents, services)
    const nowhere = SERVICES.map((name) => [name, 'http://127.0.0.1:9/graphql'])
    await stage.write('services.json', JSON.stringify(Object.fromEntries(nowhere)))
    await stage.write('supergraph.graphql', stage.composed())
    for (const [client, text] of manifests(path.join(tests, 'operations'), null)) {
      await stage.write(`manifest-${client}.json`, text)
    }
    return stage
  }

  composed() {
    const schemaFile = (/** @type {string} */ name) =>
      path.join(tests, 'subgraphs', `${name}.graphql`)
    return compose(this.path('services.json'), schemaFile).supergraph
  }

  /** @param {string} client @param {string} name @returns {Promise<string>} a persisted operation's */
  async idOf(client, name) {
    const { operations } = JSON.parse(await readFile(this.path(`manifest-${client}.json`), 'utf8'))
    return operations.find((/** @type {any} */ operation) => operation.name === name).id
  }

  /** @param {string} name */
  path(name) {
    return path.join(this.directory, name.replace('manifest-', 'manifest/'))
  }

  /** @param {string} name @param {string} text */
  async write(name, text) {
    await mkdir(path.dirname(this.path(name)), { recursive: true })
    await writeFile(this.path(name), text)
  }

  /** @param {Record<string, string>} [environment] @returns {Record<string, string>} */
  environment(environment = {}) {
    return {
      HTTP_PORT: '0',
      ENVIRONMENT: 'production',
      JWKS_URL: `${this.residents.url}/jwks.json`,
      REVOCATIONS_URL: `${this.residents.url}/revocations`,
      REVOCATION_POLL_SECONDS: '0.1',
      SUPERGRAPH_FILE: this.path('supergraph.graphql'),
      MANIFEST_DIRECTORY: this.path('manifest'),
      STATE_DIRECTORY: this.path('state'),
      DRAIN_SECONDS: '5',
      ...this.services.urls,
      ...environment,
    }
  }

  /** @param {Record<string, string>} [environment] @param {() => number} [now] */
  async start(environment = {}, now = undefined) {
    const log = createLog('debug', { write: (line) => void this.logged.push(line) })
    this.gateway = await startGateway(readSettings(this.environment(environment)), log, now)
  }

  get origin() {
    if (!this.gateway) throw new Error('the gateway was not started')
    return `http://127.0.0.1:${this.gateway.port}`
  }

  /** @param {Asked} asked @returns {Promise<Answer>} */
  async ask({ token, headers = {}, ...params }) {
    const response = await fetch(`${this.origin}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      body: JSON.stringify(params),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null }
  }

  /** @param {string} path */
  async get(path) {
    const response = await fetch(`${this.origin}${path}`)
    return { status: response.status, text: await response.text() }
  }

  async strike() {
    await this.gateway?.stop()
    await Promise.all([this.residents.stop(), this.services.stop()])
    await rm(this.directory, { recursive: true, force: true })
  }
}

/**
 * The code of the first error.
 * @param {any} body
 * @returns {string | null}
 */
export function codeOf(body) {
  return body.errors?.[0]?.extensions?.code ?? null
}

/**
 * Wait for something to become true.
 * @param {() => unknown} condition
 * @param {string} what
 * @param {number} [seconds]
 */
export async function eventually(condition, what, seconds = 30) {
  const deadline = Date.now() + seconds * 1000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
