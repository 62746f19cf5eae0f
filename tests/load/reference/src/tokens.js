/**
 * Who is asking: the checks of the services on an access token, with the same caching.
 */
import { compactVerify, decodeProtectedHeader } from 'jose'
import { refusal } from './errors.js'

const LEEWAY_SECONDS = 5
/** Of the last year that the services' datetimes know. */
const LAST_SECOND = 253_402_300_799
const LONGEST_TOKEN = 8_192
const CHECKED_TOKENS_KEPT = 2_000
const ALGORITHMS = ['Ed25519', 'EdDSA']
const BEARER = /^bearer /i

/** @typedef {{ role: string, scope?: string[] | null }} Role */

/**
 * @typedef {object} Principal
 * @property {string} accountId
 * @property {string} sessionId
 * @property {string} communityId
 * @property {Role[]} roles
 */

/** @typedef {{ principal: Principal, exp: number, iat: number, nbf: number | null }} Checked */

export class TokenVerifier {
  /** @type {Map<string, { keyId: string, key: import('./jwks.js').Key, checked: Checked }>} */
  #remembered = new Map()

  /**
   * @param {import('./jwks.js').Jwks} jwks
   * @param {{ issuer: string, audience: string, now?: () => number }} options
   */
  constructor(jwks, { issuer, audience, now = Date.now }) {
    this.jwks = jwks
    this.issuer = issuer
    this.audience = audience
    this.now = now
  }

  /**
   * @param {string | undefined} authorization
   * @returns {Promise<Principal | null>} null without a token
   * @throws {import('graphql').GraphQLError} UNAUTHENTICATED, without saying which check failed
   */
  async authenticate(authorization) {
    if (authorization === undefined) return null
    if (!BEARER.test(authorization)) throw refusal('UNAUTHENTICATED')
    const token = authorization.slice('bearer '.length).trim()
    const { principal, exp, iat, nbf } = this.#recall(token) ?? (await this.#check(token))
    const seconds = this.now() / 1000
    const isGood =
      exp + LEEWAY_SECONDS > seconds &&
      iat - LEEWAY_SECONDS <= seconds &&
      (nbf === null || nbf - LEEWAY_SECONDS <= seconds)
    if (!isGood) throw refusal('UNAUTHENTICATED')
    return principal
  }

  /**
   * A signature is checked once for as long as its key stays the same; the times always.
   * @param {string} token
   */
  #recall(token) {
    const kept = this.#remembered.get(token)
    return kept && this.jwks.known(kept.keyId) === kept.key ? kept.checked : null
  }

  /**
   * @param {string} token
   * @returns {Promise<Checked>}
   */
  async #check(token) {
    try {
      if (token.length > LONGEST_TOKEN) throw new Error('too long')
      const { kid = '', alg = '' } = decodeProtectedHeader(token)
      const key = ALGORITHMS.includes(alg) ? await this.jwks.key(kid) : null
      if (!key) throw new Error('no such key')
      const { payload } = await compactVerify(token, key, { algorithms: ALGORITHMS })
      const claims = JSON.parse(Buffer.from(payload).toString())
      const checked = this.#checked(claims)
      this.#keep(token, { keyId: kid, key, checked })
      return checked
    } catch {
      throw refusal('UNAUTHENTICATED')
    }
  }

  /**
   * @param {Record<string, any>} claims
   * @returns {Checked}
   */
  #checked({ iss, aud, sub, sid, community, client, exp, iat, nbf = null, roles = [] }) {
    const isWhole =
      [aud].flat().includes(this.audience) &&
      iss === this.issuer &&
      [sub, sid, community, client].every((claim) => typeof claim === 'string') &&
      [exp, iat, nbf ?? 0].every(isMoment) &&
      Array.isArray(roles) &&
      roles.every(isRole)
    if (!isWhole) throw new Error('a claim is not good')
    const principal = { accountId: sub, sessionId: sid, communityId: community, roles }
    return { principal, exp, iat, nbf }
  }

  /**
   * @param {string} token
   * @param {{ keyId: string, key: import('./jwks.js').Key, checked: Checked }} kept
   */
  #keep(token, kept) {
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size < CHECKED_TOKENS_KEPT) break
      this.#remembered.delete(oldest)
    }
    this.#remembered.set(token, kept)
  }
}

/** @param {unknown} seconds */
function isMoment(seconds) {
  return Number.isInteger(seconds) && Number(seconds) >= 0 && Number(seconds) <= LAST_SECOND
}

/** @param {any} held */
function isRole(held) {
  const scope = held?.scope ?? []
  return (
    typeof held?.role === 'string' &&
    Array.isArray(scope) &&
    scope.every((place) => typeof place === 'string')
  )
}
