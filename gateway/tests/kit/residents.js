/**
 * A stand-in for what residents serves to the gateway: its keys and its revocations, and tokens
 * signed with them.
 */
import { once } from 'node:events'
import http from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export class FakeResidents {
  /** @type {{ kid: string, privateKey: CryptoKey, jwk: import('jose').JWK }[]} */
  keys = []
  /** @type {{ sid: string, revokedAt: string, expiresAt: string }[]} */
  revoked = []
  /** what answers 503: 'jwks', 'revocations' @type {Set<string>} */
  away = new Set()
  fetched = { jwks: 0, revocations: 0 }
  #serial = 0
  server = http.createServer((request, response) => {
    const name = request.url === '/jwks.json' ? 'jwks' : 'revocations'
    this.fetched[name] += 1
    if (this.away.has(name)) {
      response.writeHead(503).end()
      return
    }
    const body = name === 'jwks' ? this.jwks() : { revoked: this.revoked, asOf: new Date() }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })

  static async start() {
    const residents = new FakeResidents()
    await residents.addKey('key_1')
    residents.server.listen(0, '127.0.0.1')
    await once(residents.server, 'listening')
    return residents
  }

  get url() {
    const { port } = /** @type {import('node:net').AddressInfo} */ (this.server.address())
    return `http://127.0.0.1:${port}`
  }

  jwks() {
    return { keys: this.keys.map(({ jwk }) => jwk) }
  }

  /** @param {string} kid */
  async addKey(kid) {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
    this.keys.push({ kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' } })
  }

  /**
   * @param {{
   *   scope?: string, client?: string, sid?: string, kid?: string, lifeSeconds?: number,
   *   issuedInSeconds?: number,
   *   key?: CryptoKey, audience?: string, issuer?: string, sub?: string,
   * }} [claims]
   */
  async token(claims = {}) {
    const kid = claims.kid ?? this.keys.at(-1)?.kid
    const known = this.keys.find((one) => one.kid === kid)
    const given = { ...this.#ordinary(), key: known?.privateKey, ...claims }
    if (!given.key) throw new Error(`no key ${kid}`)
    const { scope, client, sid } = given
    const now = Date.now() / 1000
    return new SignJWT({ scope, client, sid, community: 'community_1', roles: [], jti: sid })
      .setProtectedHeader({ alg: 'EdDSA', ...(kid ? { kid } : {}) })
      .setIssuer(given.issuer)
      .setAudience(given.audience)
      .setSubject(given.sub)
      .setIssuedAt(Math.floor(now + given.issuedInSeconds))
      .setExpirationTime(Math.ceil(now + given.lifeSeconds))
      .sign(given.key)
  }

  #ordinary() {
    return {
      scope: 'role:clerk',
      client: 'console',
      sid: `session_${(this.#serial += 1)}`,
      lifeSeconds: 600,
      issuedInSeconds: 0,
      audience: 'linli',
      issuer: 'linli-residents',
      sub: 'account_1',
    }
  }

  /** @param {string} sid */
  revoke(sid) {
    const now = Date.now()
    this.revoked.push({
      sid,
      revokedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + 600_000).toISOString(),
    })
  }

  async stop() {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }
}
