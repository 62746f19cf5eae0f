/**
 * Who sends a request, from the token that it presents.
 */
import { jwtVerify } from 'jose'
import { refusal } from './errors.js'

const LEEWAY_MILLISECONDS = 5_000
const REMEMBERED_TOKENS = 5_000
/** As at the services; ours are of some hundred characters. */
const LONGEST_TOKEN = 8_192
const BEARER = /^Bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i

/**
 * @typedef {object} Identity
 * @property {string} accountId
 * @property {string} sessionId
 * @property {string} communityId
 * @property {string} client console, miniprogram, portal or till
 * @property {string[]} scope as `@requiresScopes` names them, `role:clerk`
 * @property {number} expiresAt epoch milliseconds
 */

export class Identities {
  /** @type {Map<string, Identity>} */
  #remembered = new Map()
  #generation = 0

  /**
   * @param {{
   *   jwks: import('./jwks.js').Jwks, revocations: import('./revocations.js').Revocations,
   *   issuer: string, audience: string, log: import('./log.js').Log, now?: () => number,
   * }} options
   */
  constructor({ jwks, revocations, issuer, audience, log, now = Date.now }) {
    this.jwks = jwks
    this.revocations = revocations
    this.issuer = issuer
    this.audience = audience
    this.log = log
    this.now = now
  }

  /**
   * @param {string | undefined | null} authorization the header, or its like in a socket's first message
   * @returns {Promise<Identity | null>} null if none was presented
   * @throws {import('graphql').GraphQLError} UNAUTHENTICATED if what was presented is not good
   */
  async identify(authorization) {
    if (!authorization) return null
    const token = BEARER.exec(authorization)?.[1]
    if (!token || token.length > LONGEST_TOKEN) throw refusal('UNAUTHENTICATED')
    const identity = this.#recall(token) ?? (await this.#verify(token))
    if (identity.expiresAt <= this.now()) throw refusal('UNAUTHENTICATED')
    if (this.revocations.isRevoked(identity.sessionId)) throw refusal('UNAUTHENTICATED')
    return identity
  }

  /** @param {string} token */
  #recall(token) {
    if (this.#generation !== this.jwks.generation) {
      this.#remembered.clear()
      this.#generation = this.jwks.generation
    }
    return this.#remembered.get(token)
  }

  /** @param {string} token */
  async #verify(token) {
    try {
      const { payload } = await jwtVerify(token, (header) => this.jwks.key(header.kid), {
        algorithms: ['EdDSA', 'Ed25519'],
        issuer: this.issuer,
        audience: this.audience,
        requiredClaims: ['sub', 'sid', 'community', 'client', 'exp'],
        currentDate: new Date(this.now()),
      })
      const identity = identityOf(payload, this.now())
      if (this.#remembered.size >= REMEMBERED_TOKENS) {
        const [oldest = ''] = this.#remembered.keys()
        this.#remembered.delete(oldest)
      }
      this.#remembered.set(token, identity)
      return identity
    } catch (error) {
      this.log.info({ reason: error instanceof Error ? error.message : 'unknown' }, 'token refused')
      throw refusal('UNAUTHENTICATED')
    }
  }
}

/**
 * @param {import('jose').JWTPayload} claims
 * @param {number} now epoch milliseconds
 * @returns {Identity}
 */
function identityOf(claims, now) {
  const { sub, sid, community, client, scope = '', exp, iat } = claims
  if (!Number.isSafeInteger(exp)) throw new Error('its end is no time')
  if (iat !== undefined && !Number.isSafeInteger(iat)) throw new Error('its beginning is no time')
  if (Number(iat) * 1000 > now + LEEWAY_MILLISECONDS) throw new Error('it is issued in the future')
  if (![sub, sid, community, client, scope].every((claim) => typeof claim === 'string')) {
    throw new Error('a claim is not text')
  }
  return {
    accountId: String(sub),
    sessionId: String(sid),
    communityId: String(community),
    client: String(client),
    scope: String(scope).split(' ').filter(Boolean),
    expiresAt: Number(exp) * 1000,
  }
}

/**
 * Staff and merchants may ask what they like; residents, and nobody, only what is persisted.
 * @param {Identity | null} identity
 */
export function mayAskAnything(identity) {
  return (
    identity !== null &&
    identity.client !== 'miniprogram' &&
    identity.scope.some((scope) => scope !== 'role:resident')
  )
}
