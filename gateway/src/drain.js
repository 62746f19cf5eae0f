/**
 * A stop that nobody notices: no new connections, idle ones closed, streams told to reconnect,
 * and what is in flight is waited for.
 */
const SWEEP_MILLISECONDS = 50

/**
 * @param {{
 *   server: import('node:http').Server, sockets: import('ws').WebSocketServer,
 *   upgrades: import('./upgrades.js').Upgrades, streams: import('./streams.js').Streams,
 *   seconds: number, log: import('./log.js').Log,
 * }} parts
 */
export async function drain({ server, sockets, upgrades, streams, seconds, log }) {
  const closed = new Promise((resolve) => server.close(resolve))
  streams.endAll()
  // A connection that was kept alive becomes idle when its last answer is out.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MILLISECONDS)
  const deadline = setTimeout(() => {
    log.warn({ seconds, sockets: sockets.clients.size }, 'not everything finished in time')
    for (const socket of sockets.clients) socket.terminate()
    server.closeAllConnections()
    // The server does not know of those any more.
    upgrades.destroyAll()
  }, seconds * 1000)
  await closed
  await socketsClosed(sockets)
  clearInterval(sweep)
  clearTimeout(deadline)
}

/** @param {import('ws').WebSocketServer} sockets */
async function socketsClosed(sockets) {
  await Promise.all(
    [...sockets.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve))),
  )
}
