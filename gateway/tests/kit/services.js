/**
 * The three small services in tests/subgraphs, each behind a wire that can be cut.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const SERVICES = /** @type {const} */ (['issues', 'outreach', 'residents'])
const gateway = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const venv = path.join(gateway, '..', '.venv', 'bin', 'python')
const python = process.env['PYTHON'] ?? (existsSync(venv) ? venv : 'python3')

/** Forwards connections to a service; cut, it refuses them and breaks those that are open. */
class Wire {
  /** @type {Set<net.Socket>} */
  #sockets = new Set()
  #server = net.createServer((near) => this.#join(near))
  port = 0

  /** @param {number} target */
  constructor(target) {
    this.target = target
  }

  /** @param {net.Socket} near */
  #join(near) {
    const far = net.connect(this.target, '127.0.0.1')
    for (const socket of [near, far]) {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        this.#sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far).pipe(near)
  }

  async mend() {
    this.#server.listen(this.port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.port = /** @type {net.AddressInfo} */ (this.#server.address()).port
  }

  get open() {
    return this.#sockets.size / 2
  }

  async cut() {
    for (const socket of this.#sockets) socket.destroy()
    if (!this.#server.listening) return
    this.#server.close()
    await once(this.#server, 'close')
  }
}

export class Services {
  /** @param {import('node:child_process').ChildProcess} child @param {number} port */
  constructor(child, port) {
    this.child = child
    this.port = port
    this.wires = Object.fromEntries(SERVICES.map((name) => [name, new Wire(port)]))
  }

  static async start() {
    const child = spawn(python, ['app.py'], {
      cwd: path.join(gateway, 'tests', 'subgraphs'),
      // It ends when its input does: whatever becomes of the tests, it is not left behind.
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const lines = createInterface({ input: /** @type {any} */ (child.stdout) })
    const [line] = await Promise.race([
      once(lines, 'line'),
      once(child, 'exit').then(() => {
        throw new Error('the test services did not start')
      }),
    ])
    const services = new Services(child, JSON.parse(line).port)
    for (const wire of Object.values(services.wires)) await wire.mend()
    return services
  }

  /** @param {string} name */
  wire(name) {
    const wire = this.wires[name]
    if (!wire) throw new Error(`no service ${name}`)
    return wire
  }

  /** As settings: RESIDENTS_URL and its like. */
  get urls() {
    return Object.fromEntries(
      SERVICES.map((name) => [
        `${name.toUpperCase()}_URL`,
        `http://127.0.0.1:${this.wire(name).port}/${name}/graphql`,
      ]),
    )
  }

  /** @returns {Promise<{ seen: any[], calls: Record<string, number> }>} */
  async seen() {
    return (await fetch(`http://127.0.0.1:${this.port}/seen`)).json()
  }

  async forget() {
    await fetch(`http://127.0.0.1:${this.port}/seen`, { method: 'DELETE' })
  }

  /** @param {string} name @param {number} count */
  async refuse(name, count) {
    await fetch(`http://127.0.0.1:${this.port}/refusals/${name}/${count}`, { method: 'POST' })
  }

  async stop() {
    await Promise.all(Object.values(this.wires).map((wire) => wire.cut()))
    if (this.child.exitCode !== null) return
    this.child.kill('SIGKILL')
    await once(this.child, 'exit')
  }
}
