/**
 * Bodies that are too long are refused before they are read.
 */
import { refusal } from './errors.js'
import { LIMITS } from './limits.js'

/**
 * A body that says how long it is, is left to be read later; one that does not is read here.
 * @param {import('node:http').IncomingMessage & { body?: string }} request
 * @throws {import('graphql').GraphQLError} QUERY_REFUSED
 */
export async function limitBody(request) {
  const tooLong = () => refusal('QUERY_REFUSED', { extensions: { limit: 'bodyBytes' } })
  const declared = request.headers['content-length']
  if (declared !== undefined) {
    if (Number(declared) > LIMITS.bodyBytes) throw tooLong()
    return
  }
  if (request.headers['transfer-encoding'] === undefined) return
  /** @type {Buffer[]} */
  const parts = []
  let length = 0
  for await (const part of request) {
    length += part.length
    if (length > LIMITS.bodyBytes) throw tooLong()
    parts.push(part)
  }
  request.body = Buffer.concat(parts).toString('utf8')
}
