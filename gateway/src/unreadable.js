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
 * For `clientError` of a server.
 * @param {NodeJS.ErrnoException} error
 * @param {import('node:stream').Duplex} socket
 */
export function refuseUnreadable({ code: reason = '' }, socket) {
  if (!socket.writable || reason === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const { status, code, message = MESSAGES[code] } = REFUSALS[reason] ?? NOT_HTTP
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] })
  const head = [
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
