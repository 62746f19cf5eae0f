/**
 * What the environment says, checked once at the start. Nothing else reads `process.env`.
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const GATEWAY_DIRECTORY = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/**
 * @typedef {object} Settings
 * @property {'development' | 'production'} environment
 * @property {string} logLevel
 * @property {string} httpHost
 * @property {number} httpPort 0 lets the system choose
 * @property {string} jwksUrl
 * @property {string} revocationsUrl
 * @property {string} tokenIssuer
 * @property {string} tokenAudience
 * @property {string} supergraphFile
 * @property {string} manifestDirectory
 * @property {string} stateDirectory where the last good JWKS and revocations are kept
 * @property {Record<string, string>} serviceUrls by upper-case service name, over the supergraph's own
 * @property {number} upstreamTimeoutSeconds
 * @property {number} requestSeconds how long a request may be on its way, its body included
 * @property {number} drainSeconds
 * @property {number} requestsPerMinute of one account
 * @property {number} anonymousRequestsPerMinute of one address without a token
 * @property {number} socketsPerAddress sockets and event streams open at a time
 * @property {number} subscriptionsPerSocket operations running at a time
 * @property {number} anonymousSocketSeconds how long one without a token lives, in production
 * @property {number} trustedProxies how many proxies in front append to X-Forwarded-For
 * @property {number} revocationPollSeconds
 */

/** Everything that is wrong with the environment, in one line. */
export class SettingsError extends Error {}

/**
 * @param {Record<string, string | undefined>} environment
 * @returns {Settings}
 * @throws {SettingsError} naming every setting that is missing or bad
 */
export function readSettings(environment) {
  /** @type {string[]} */
  const faults = []

  /** @param {string} name @param {string} fallback */
  const text = (name, fallback) => environment[name]?.trim() || fallback

  /** @param {string} name @param {number} fallback @param {number} least @param {number} most */
  const number = (name, fallback, least, most) => {
    const given = environment[name]?.trim()
    const value = given ? Number(given) : fallback
    if (Number.isFinite(value) && value >= least && value <= most) return value
    faults.push(`${name} must be a number from ${least} to ${most}, not "${given}"`)
    return fallback
  }

  /** @param {string} name @param {number} fallback @param {number} least @param {number} most */
  const whole = (name, fallback, least, most) => {
    const value = number(name, fallback, least, most)
    if (Number.isInteger(value)) return value
    faults.push(`${name} must be a whole number, not "${environment[name]}"`)
    return fallback
  }

  /** @param {string} name @param {string} fallback */
  const url = (name, fallback) => {
    const value = text(name, fallback)
    if (isHttpUrl(value)) return value
    faults.push(`${name} must be an http(s) address, not "${value}"`)
    return fallback
  }

  /** @template {string} T @param {string} name @param {T} fallback @param {readonly T[]} choices */
  const choice = (name, fallback, choices) => {
    const value = text(name, fallback)
    const found = choices.find((candidate) => candidate === value)
    if (found) return found
    faults.push(`${name} must be one of ${choices.join(', ')}, not "${value}"`)
    return fallback
  }

  /** @type {Settings} */
  const settings = {
    environment: choice('ENVIRONMENT', 'development', ['development', 'production']),
    logLevel: choice('LOG_LEVEL', 'info', ['debug', 'info', 'warning', 'error']),
    httpHost: text('HTTP_HOST', '127.0.0.1'),
    httpPort: whole('HTTP_PORT', 4000, 0, 65535),
    jwksUrl: url('JWKS_URL', 'http://127.0.0.1:4101/jwks.json'),
    revocationsUrl: url('REVOCATIONS_URL', 'http://127.0.0.1:4101/revocations'),
    tokenIssuer: text('TOKEN_ISSUER', 'linli-residents'),
    tokenAudience: text('TOKEN_AUDIENCE', 'linli'),
    supergraphFile: path.resolve(
      text('SUPERGRAPH_FILE', path.join(GATEWAY_DIRECTORY, 'supergraph.graphql')),
    ),
    manifestDirectory: path.resolve(
      text('MANIFEST_DIRECTORY', path.join(GATEWAY_DIRECTORY, 'manifest')),
    ),
    stateDirectory: path.resolve(
      text('STATE_DIRECTORY', path.join(GATEWAY_DIRECTORY, '..', '.local', 'gateway')),
    ),
    serviceUrls: {},
    upstreamTimeoutSeconds: number('UPSTREAM_TIMEOUT_SECONDS', 10, 0.1, 120),
    requestSeconds: number('REQUEST_SECONDS', 20, 0.1, 300),
    drainSeconds: number('DRAIN_SECONDS', 25, 0, 600),
    requestsPerMinute: number('REQUESTS_PER_MINUTE', 1200, 1, 1e9),
    anonymousRequestsPerMinute: number('ANONYMOUS_REQUESTS_PER_MINUTE', 240, 1, 1e9),
    socketsPerAddress: whole('SOCKETS_PER_ADDRESS', 200, 1, 1e6),
    subscriptionsPerSocket: whole('SUBSCRIPTIONS_PER_SOCKET', 50, 1, 1e4),
    anonymousSocketSeconds: number('ANONYMOUS_SOCKET_SECONDS', 60, 0.1, 86_400),
    trustedProxies: whole('TRUSTED_PROXIES', 0, 0, 10),
    revocationPollSeconds: number('REVOCATION_POLL_SECONDS', 1, 0.05, 2),
  }
  for (const name of Object.keys(environment)) {
    const service = /^([A-Z][A-Z0-9]*)_URL$/.exec(name)?.[1]
    if (service && service !== 'JWKS' && service !== 'REVOCATIONS' && environment[name]?.trim()) {
      settings.serviceUrls[service] = environment[name].trim()
    }
  }
  if (faults.length > 0) throw new SettingsError(faults.join('; '))
  return settings
}

/** @param {string} value */
export function isHttpUrl(value) {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
}
