/**
 * The gateway as a program of its own, to be sent signals.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { eventually } from './stage.js'

const main = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../src/main.js')

export class Program {
  /** @type {any[]} lines of its log */
  log = []
  error = ''
  /** @type {Promise<{ code: number | null, signal: string | null }>} */
  ended

  /** @param {Record<string, string>} environment */
  constructor(environment) {
    const { PATH = '' } = process.env
    this.child = spawn(process.execPath, [main], { env: { PATH, ...environment } })
    process.once('exit', () => this.child.kill('SIGKILL'))
    createInterface({ input: this.child.stdout }).on('line', (line) => this.log.push(JSON.parse(line)))
    this.child.stderr.on('data', (text) => (this.error += text))
    this.ended = once(this.child, 'close').then(([code, signal]) => ({ code, signal }))
  }

  /** @param {Record<string, string>} environment */
  static async started(environment) {
    const program = new Program(environment)
    await eventually(() => program.port || program.child.exitCode !== null, 'started', 60)
    if (!program.port) throw new Error(program.error)
    return program
  }

  /** @returns {number} */
  get port() {
    return this.log.find(({ event }) => event === 'gateway started')?.port ?? 0
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`
  }

  /** @param {NodeJS.Signals} signal */
  send(signal) {
    this.child.kill(signal)
  }

  /** @param {string} query @param {string} [token] */
  async ask(query, token) {
    const response = await fetch(`${this.origin}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ query }),
    })
    return /** @type {Promise<any>} */ (response.json())
  }
}
