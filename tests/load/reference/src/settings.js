/**
 * The variables that the services have, under the same names; nothing else reads `process.env`.
 */
import { WrappingKeys } from './encryption.js'

/** @typedef {'residents' | 'issues' | 'outreach' | 'vouchers'} ServiceName */

/**
 * @typedef {object} Settings
 * @property {ServiceName} service
 * @property {string} httpHost
 * @property {number} httpPort
 * @property {string} mongodbUri
 * @property {string} mongodbDatabase
 * @property {string} jwksUrl
 * @property {string} tokenIssuer
 * @property {string} tokenAudience
 * @property {WrappingKeys} wrappingKeys
 */

/** @type {readonly ServiceName[]} */
const SERVICES = ['residents', 'issues', 'outreach', 'vouchers']
const HIGHEST_PORT = 65_535

/** Everything that is wrong with the call or its environment, in one line. */
export class SettingsError extends Error {}

/** The services' own. */
const DEFAULTS = {
  HTTP_HOST: '127.0.0.1',
  HTTP_PORT: '8080',
  JWKS_URL: 'http://127.0.0.1:4101/jwks.json',
  TOKEN_ISSUER: 'linli-residents',
  TOKEN_AUDIENCE: 'linli',
}

/**
 * @param {string | undefined} name
 * @param {Record<string, string | undefined>} environment
 * @returns {Settings}
 * @throws {SettingsError} which names no value: some are secrets
 */
export function readSettings(name, environment) {
  const service = SERVICES.find((known) => known === name)
  if (!service) throw new SettingsError(`which service? one of ${SERVICES.join(', ')}`)
  /** @type {typeof DEFAULTS & Partial<Record<string, string>>} */
  const given = { ...DEFAULTS, ...filled(environment) }
  /** @type {string[]} */
  const faults = []
  const mongodbUri = given['MONGODB_URI'] ?? ''
  if (!mongodbUri) faults.push('MONGODB_URI is not set')
  const httpPort = Number(given.HTTP_PORT)
  if (!(httpPort > 0 && httpPort <= HIGHEST_PORT)) faults.push('HTTP_PORT is no port')
  const wrappingKeys = wrappingKeysOf(given['KEY_WRAPPING_KEYS'], faults)
  if (faults.length > 0 || !wrappingKeys) throw new SettingsError(faults.join('; '))
  return {
    service,
    httpHost: given.HTTP_HOST,
    httpPort,
    mongodbUri,
    mongodbDatabase: given['MONGODB_DATABASE'] ?? `linli_${service}`,
    jwksUrl: given.JWKS_URL,
    tokenIssuer: given.TOKEN_ISSUER,
    tokenAudience: given.TOKEN_AUDIENCE,
    wrappingKeys,
  }
}

/**
 * Without what is empty.
 * @param {Record<string, string | undefined>} environment
 * @returns {Record<string, string>}
 */
function filled(environment) {
  const entries = Object.entries(environment)
  return Object.fromEntries(entries.flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

/**
 * @param {string | undefined} text
 * @param {string[]} faults
 */
function wrappingKeysOf(text, faults) {
  if (!text) {
    faults.push('KEY_WRAPPING_KEYS is not set')
    return null
  }
  try {
    return WrappingKeys.parse(text)
  } catch (error) {
    faults.push(`KEY_WRAPPING_KEYS: ${error instanceof Error ? error.message : 'cannot be read'}`)
    return null
  }
}
