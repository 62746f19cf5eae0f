/**
 * Who may ask for what; every service answers by these rules, whatever a gateway let through.
 */
import { refusal } from './errors.js'

const STAFF = ['clerk', 'secretary']

export const ANYBODY = new Set([...STAFF, 'resident', 'steward', 'partner', 'merchant', 'auditor'])
export const RESIDENT = new Set(['resident'])
/** Who has an account beside merchants and auditors: follows matters and has notices. */
export const MEMBERS = new Set([...STAFF, 'resident', 'steward', 'partner'])
/** Who may know of a community's estates and buildings. */
export const NEIGHBOURS = new Set([...STAFF, 'resident', 'steward'])
/** Who may know what a campaign is called. */
export const CUSTOMERS = new Set([...STAFF, 'resident', 'merchant', 'auditor'])

/**
 * @param {import('./tokens.js').Principal | null} principal
 * @returns {import('./tokens.js').Principal}
 * @throws {import('graphql').GraphQLError} UNAUTHENTICATED
 */
export function known(principal) {
  if (!principal) throw refusal('UNAUTHENTICATED')
  return principal
}

/**
 * @param {import('./tokens.js').Principal | null} principal
 * @param {ReadonlySet<string>} roles
 * @throws {import('graphql').GraphQLError} UNAUTHENTICATED, FORBIDDEN
 */
export function permitted(principal, roles) {
  const actor = known(principal)
  if (!actor.roles.some(({ role }) => roles.has(role))) throw refusal('FORBIDDEN')
  return actor
}
