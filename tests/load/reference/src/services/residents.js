/**
 * Residents: accounts, communities, and the homes that people are bound to.
 */
import DataLoader from 'dataloader'
import { EncryptedFields } from '../encryptedFields.js'
import { derivedId } from '../ids.js'
import { maskedName, maskedPhone } from '../masking.js'
import { ANYBODY, NEIGHBOURS, RESIDENT, permitted } from '../permissions.js'
import { PersonKeys } from '../personKeys.js'
import { shouted } from '../schema.js'
import { joinedReads } from '../store.js'

/** @typedef {import('../store.js').Stored} Stored */
/** @typedef {import('../schema.js').Context<Reads>} Context */
/** @typedef {import('../schema.js').Fields<Reads>} Fields */
/** @typedef {{ edition: number }} View what of an archive counts */

const ACCOUNT_SECRETS = ['display_name', 'phone', 'binding_words', 'reset_reason']

/** @typedef {Exclude<keyof Archive, 'archives'>} Kind */

/**
 * What all requests read by.
 * @typedef {ReturnType<typeof archiveOf>} Archive
 */

/** What one request reads, each document once. */
class Reads {
  /** @type {Promise<View> | null} */
  #view = null

  /**
   * @param {Archive} archive
   * @param {string} communityId
   */
  constructor(archive, communityId) {
    this.archive = archive
    this.communityId = communityId

    /**
     * @param {Kind} kind
     * @returns {DataLoader<string, Stored | null>}
     */
    const stored = (kind) => new DataLoader((ids) => archive[kind].inOrder(communityId, ids))

    /**
     * What an edition of the archive lets count.
     * @param {Kind} kind
     * @returns {DataLoader<string, Stored | null>}
     */
    const counting = (kind) =>
      new DataLoader(async (ids) => {
        const { edition } = await this.view()
        const found = await archive[kind].inOrder(communityId, ids)
        return found.map((each) => (each && each.from_edition <= edition ? each : null))
      })

    this.communities = stored('communities')
    this.accounts = stored('accounts')
    this.residents = counting('residents')
    this.households = counting('households')
    this.buildings = counting('buildings')
  }

  /** What readers see of the archive now. */
  view() {
    this.#view ??= this.#readView()
    return this.#view
  }

  async #readView() {
    const id = derivedId('archive', this.communityId)
    const [found] = await this.archive.archives.inOrder(this.communityId, [id])
    return { edition: found?.edition ?? 0 }
  }
}

/** @satisfies {Fields} */
const Query = {
  me: (_, __, { principal, reads }) =>
    reads.accounts.load(permitted(principal, ANYBODY).accountId),

  community: (_, { id }, context) => communityOf(context, id),

  myHouseholds: async (_, __, { principal, reads }) => {
    const account = await reads.accounts.load(permitted(principal, RESIDENT).accountId)
    return account ? homesOf(reads, account) : []
  },
}

/** @satisfies {Fields} */
const Community = {
  id: idOf,
  foundedOn: (community) => community.founded_on,
  createdAt: (community) => community.created_at,
}

/** @satisfies {Fields} */
const Account = {
  id: idOf,
  displayName: (account) => account.display_name,
  state: (account) => shouted(account.state),
  createdAt: (account) => account.created_at,
  maskedPhone: ({ phone }) => (phone ? maskedPhone(phone) : null),
  bindings: ({ bindings, binding_words: words }) =>
    bindings
      .toSorted(latestRequested)
      .map((/** @type {any} */ binding) => ({ ...binding, words: words?.[binding.id] })),
}

/** @satisfies {Fields} */
const RoleGrant = {
  role: (grant) => shouted(grant.role),
}

/** @satisfies {Fields} */
const Binding = {
  state: (binding) => shouted(binding.state),
  relation: (binding) => shouted(binding.relation),
  claimedName: ({ words }) => (words ? maskedName(words.name) : null),
  householdId: (binding) => binding.place.household_id,
  residentId: (binding) => binding.resident?.resident_id,
  requestedAt: (binding) => binding.requested_at,
  verifiedAt: (binding) => binding.verified_at,
  decidedAt: (binding) => binding.decided_at,
  reason: ({ words }) => words?.reason,
}

/** @satisfies {Fields} */
const Household = {
  id: idOf,
  areaCm2: (household, _, { reads }) => asCounting(reads, household, 'area_cm2'),
  vacant: (household, _, { reads }) => asCounting(reads, household, 'vacant'),
  door: async ({ building_id: buildingId, unit, room }, _, { principal, reads }) => {
    permitted(principal, NEIGHBOURS)
    const building = await reads.buildings.load(buildingId)
    return building ? `${building.label}号楼${unit ? `${unit}单元` : ''}${room}` : null
  },
}

/** @param {Stored} stored */
function idOf(stored) {
  return stored._id
}

/** @param {any} one @param {any} two */
function latestRequested(one, two) {
  return two.requested_at - one.requested_at
}

/**
 * @param {Context} context
 * @param {string} id
 */
function communityOf({ principal, reads }, id) {
  permitted(principal, ANYBODY)
  return reads.communities.load(id)
}

/**
 * @param {{ id: string }} reference
 * @param {Context} context
 */
function communityByReference({ id }, context) {
  return communityOf(context, id)
}

/**
 * The households that somebody lives in, by the verified bindings of the account.
 * @param {Reads} reads
 * @param {Stored} account
 */
async function homesOf(reads, account) {
  const verified = account.bindings.filter(
    (/** @type {any} */ binding) => binding.state === 'verified' && binding.resident,
  )
  /** @type {Promise<string | null>[]} */
  const homes = verified.map((/** @type {any} */ it) => homeOf(reads, it.resident.resident_id))
  const ids = new Set((await Promise.all(homes)).filter((id) => id !== null))
  const found = await Promise.all([...ids].sort().map((id) => reads.households.load(id)))
  return found.filter((each) => each !== null)
}

/**
 * @param {Reads} reads
 * @param {string} residentId
 * @returns {Promise<string | null>} the id of the household
 */
async function homeOf(reads, residentId) {
  const resident = await reads.residents.load(residentId)
  const home = resident && (await asCounting(reads, resident, 'home'))
  return home?.household_id ?? null
}

/**
 * What counts of a field: what an import staged for this edition, or one before, is folded in.
 * @param {Reads} reads
 * @param {Stored} stored
 * @param {string} field
 */
async function asCounting(reads, stored, field) {
  const { edition } = await reads.view()
  return (stored.staged && stored.staged.edition <= edition ? stored.staged : stored)[field]
}

/**
 * @param {import('mongodb').Db} database
 * @param {import('../encryption.js').WrappingKeys} wrappingKeys
 */
function archiveOf(database, wrappingKeys) {
  const keys = new PersonKeys(database.collection('person_keys'), wrappingKeys)
  const ofAccounts = new EncryptedFields(keys, ACCOUNT_SECRETS)
  return {
    archives: joinedReads(database.collection('archives')),
    communities: joinedReads(database.collection('communities')),
    accounts: joinedReads(database.collection('accounts'), ofAccounts),
    residents: joinedReads(database.collection('residents')), // where they live alone is asked for
    households: joinedReads(database.collection('households')),
    buildings: joinedReads(database.collection('buildings')),
  }
}

/**
 * @param {import('mongodb').Db} database
 * @param {import('../settings.js').Settings} settings
 * @returns {import('../schema.js').Rooms}
 */
export function rooms(database, { wrappingKeys }) {
  const archive = archiveOf(database, wrappingKeys)
  return {
    resolvers: {
      Query,
      Community: { ...Community, __resolveReference: communityByReference },
      Account,
      RoleGrant,
      Binding,
      Household,
    },
    readsOf: (principal) => new Reads(archive, principal?.communityId ?? ''),
  }
}
