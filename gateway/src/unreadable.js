/**
 * What is no HTTP, or does not come to its end, never becomes a request; it is refused by name.
 */
import http from 'node:http'
import { MESSAGES } from './errors.js'

/** @typedef {{ status: number, code: import('./errors.js').Code, message?: string }} Refusal */

/** @type {Record<string, Refusal>} */
const REFUSALS = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'BAD_USER_INPUT',
    message: '请求传输过慢，请重试。',
  },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'QUERY_REFUSED', message: '请求头过长。' },
}
/** @type {Refusal} */
const NOT_HTTP = { status: 400, code: 'BAD_USER_INPUT' }

/**
 * Refuse what comes to this server and is no request. Where an answer is on its way over the
 * connection, such as a stream of events, there is no room for a refusal: it is closed.
 * @param {http.Server} server
 */
export function refuseUnreadable(server) {
  /** @type {WeakMap<import('node:stream').Duplex, Set<http.ServerResponse>>} */
  const answers = new WeakMap()
  server.on('request', ({ socket }, response) => {
    const open = answers.get(socket) ?? new Set()
    answers.set(socket, open.add(response))
    response.once('close', () => open.delete(response))
  })
  server.on('clientError', (/** @type {NodeJS.ErrnoException} */ error, socket) => {
    const isAnswering = [...(answers.get(socket) ?? [])].some(({ headersSent }) => headersSent)
    if (!socket.writable || error.code === 'ECONNRESET' || isAnswering) socket.destroy()
    else socket.end(refusalOf(error.code ?? ''))
  })
}

/** @param {string} reason */
function refusalOf(reason) {
  const { status, code, message = MESSAGES[code] } = REFUSALS[reason] ?? NOT_HTTP
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] })
  const head = [
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}
