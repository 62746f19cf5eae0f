/**
 * A community in the services that only know its id.
 */
import { known } from './permissions.js'

/**
 * The caller's own; another is as unknown as one that never was.
 * @param {{ id: string }} reference
 * @param {{ principal: import('./tokens.js').Principal | null }} context
 */
export function ownCommunity({ id }, { principal }) {
  return known(principal).communityId === id ? { id } : null
}
