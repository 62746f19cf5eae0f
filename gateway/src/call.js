/**
 * What is known about one operation while it passes through.
 *
 * @typedef {object} Call
 * @property {'http' | 'ws'} transport
 * @property {import('./trace.js').Trace} trace
 * @property {import('./log.js').Log} log carries the trace id
 * @property {import('./identity.js').Identity | null} identity null: nobody in particular
 * @property {import('graphql').GraphQLError | null} refused why nothing of it may run
 * @property {string} address of the client, for those without an identity
 * @property {number} startedAt milliseconds, monotonic
 * @property {string} operation its name in a manifest, or "unpersisted"
 * @property {Record<string, unknown>} variables coerced, once it was weighed
 * @property {(() => Record<string, null> | null)} [emptyData] set once execution has begun
 * @property {import('node:http').ServerResponse | null} response
 */
export {}
