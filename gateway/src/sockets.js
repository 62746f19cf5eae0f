/**
 * Subscriptions, and any other operation, over WebSocket (the graphql-transport-ws protocol).
 * The token comes in the first message; the socket lives no longer than the token.
 */
import { getGraphQLWSOptions } from '@graphql-hive/gateway-runtime'
import { CloseCode } from 'graphql-ws'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { withoutStatus } from './errors.js'
import { LIMITS } from './limits.js'
import { maskError } from './masking.js'
import { Socket } from './socket.js'

/** Not final: a client tries again, ever more slowly. */
const TRY_LATER = 1013

/**
 * @param {{
 *   supergraphs: import('./supergraphs.js').Supergraphs,
 *   identities: import('./identity.js').Identities,
 *   streams: import('./streams.js').Streams,
 *   admission: import('./admission.js').Admission,
 *   subscriptionsPerSocket: number,
 *   log: import('./log.js').Log,
 *   createCall: (request: import('node:http').IncomingMessage) => import('./call.js').Call,
 * }} parts
 * @returns {WebSocketServer} to be handed each upgrade
 */
export function createSockets({
  supergraphs,
  identities,
  streams,
  admission,
  subscriptionsPerSocket,
  log,
  createCall,
}) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LIMITS.bodyBytes })
  const engine = {
    /** @param {any} payload @param {any} context */
    async getResultForParams(payload, context) {
      const { current } = supergraphs
      const run = () => current.runtime.getResultForParams(payload, context)
      try {
        return await context.socket.run(current, run)
      } catch (error) {
        return { errors: [withoutStatus(maskError(error, { log, suggest: false }))] }
      }
    },
    waitUntil() {},
  }
  const base = getGraphQLWSOptions(/** @type {any} */ (engine), (context) => {
    const { request, state } = /** @type {any} */ (context.extra)
    /** @type {Record<string, string>} */
    const headers = state.authorization ? { authorization: state.authorization } : {}
    return {
      call: { ...createCall(request), identity: state.identity },
      socket: state,
      request: new Request('http://gateway/graphql', { headers }),
    }
  })
  useServer(
    {
      .../** @type {any} */ (base),
      async onConnect(context) {
        const { socket, request } = context.extra
        const authorization = tokenIn(context.connectionParams)
        const { address } = createCall(request)
        const identity = await identities.identify(authorization).catch(() => undefined)
        try {
          admission.countIn({ identity: identity ?? null, address })
        } catch {
          socket.close(TRY_LATER, 'Too many')
          return false
        }
        if (identity === undefined) {
          socket.close(CloseCode.Unauthorized, 'Unauthorized')
          return false
        }
        const state = new Socket(socket, identity, authorization, subscriptionsPerSocket)
        socket.once('close', streams.add(state))
        Object.assign(context.extra, { state })
        return socket.readyState === socket.OPEN
      },
    },
    sockets,
  )
  return sockets
}

/** @param {Record<string, unknown> | undefined | null} params */
function tokenIn(params) {
  const value = params?.['Authorization'] ?? params?.['authorization']
  return typeof value === 'string' ? value : undefined
}
