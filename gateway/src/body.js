/**
 * Bodies that are too long, or no JSON, are refused before they are read.
 */
import { refusal } from './errors.js'
import { LIMITS } from './limits.js'

const JSON_TYPES = new Set(['application/json', 'application/graphql+json'])

/**
 * Whether a body says that it is JSON. A page elsewhere can post a form or a text from somebody's
 * browser without asking; JSON it cannot.
 * @param {import('node:http').IncomingMessage} request
 */
export function isJson({ headers }) {
  const [type = ''] = (headers['content-type'] ?? '').split(';', 1)
  return JSON_TYPES.has(type.trim().toLowerCase())
}

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
