/**
 * What asks to become a WebSocket. The server has let go of such a connection: nobody but us hears
 * of its errors, counts it, or closes it when the gateway stops.
 */
import { GRAPHQL_PATH } from './generation.js'

/** How long a refusal may take to be read. */
const REFUSAL_MILLISECONDS = 2_000

/** @typedef {import('node:stream').Duplex} Duplex */

export class Upgrades {
  /** @type {Set<Duplex>} */
  #open = new Set()

  /**
   * @param {{
   *   sockets: import('ws').WebSocketServer, places: import('./places.js').Places,
   *   stopping: () => boolean, addressOf: (request: import('node:http').IncomingMessage) => string,
   * }} parts
   */
  constructor({ sockets, places, stopping, addressOf }) {
    this.sockets = sockets
    this.places = places
    this.stopping = stopping
    this.addressOf = addressOf
  }

  /** @param {import('node:http').IncomingMessage} request @param {Duplex} socket @param {Buffer} head */
  take = (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    this.#open.add(socket)
    socket.once('close', () => this.#open.delete(socket))
    if (this.stopping()) return refuse(socket, '503 Service Unavailable')
    if (request.url?.split('?', 1)[0] !== GRAPHQL_PATH) return refuse(socket, '404 Not Found')
    const leave = this.places.take(this.addressOf(request))
    if (!leave) return refuse(socket, '429 Too Many Requests')
    socket.once('close', leave)
    this.sockets.handleUpgrade(request, socket, head, (one) =>
      this.sockets.emit('connection', one, request),
    )
  }

  destroyAll() {
    for (const socket of this.#open) socket.destroy()
  }
}

/** @param {Duplex} socket @param {string} status */
function refuse(socket, status) {
  // Not left half open for as long as the client likes.
  const timer = setTimeout(() => socket.destroy(), REFUSAL_MILLISECONDS)
  socket.once('close', () => clearTimeout(timer))
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`, () => socket.destroy())
}
