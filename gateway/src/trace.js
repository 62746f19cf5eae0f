/**
 * W3C trace context: one trace from the client's request to the last service.
 */
import { randomBytes } from 'node:crypto'

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

/**
 * @typedef {object} Trace
 * @property {string} traceId 32 hexadecimal digits
 * @property {string} traceparent what the services are told: the trace, and this gateway as parent
 */

/**
 * Continue the client's trace, or begin one if it brought none that is valid.
 * @param {string | undefined | null} traceparent
 * @returns {Trace}
 */
export function continueTrace(traceparent) {
  const found = TRACEPARENT.exec(traceparent ?? '')
  const [, version, traceId, parentId, flags] = found ?? []
  const valid =
    traceId && version !== 'ff' && !/^0+$/.test(traceId) && !/^0+$/.test(parentId ?? '')
  const id = valid ? traceId : randomBytes(16).toString('hex')
  const spanId = randomBytes(8).toString('hex')
  return { traceId: id, traceparent: `00-${id}-${spanId}-${valid ? flags : '01'}` }
}
