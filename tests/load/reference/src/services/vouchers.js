/**
 * Vouchers: what somebody has, and what can be claimed.
 */
import DataLoader from 'dataloader'
import { connectionOf, placeOf } from '../connections.js'
import { CUSTOMERS, RESIDENT, permitted } from '../permissions.js'
import { ownCommunity } from '../ownCommunity.js'
import { shouted } from '../schema.js'
import { joinedReads, joinedReadsBy, latest } from '../store.js'
import { WhatIsLeft } from '../whatIsLeft.js'

/** @typedef {import('../store.js').Stored} Stored */
/** @typedef {import('../store.js').Collection} Collection */
/** @typedef {import('../schema.js').Fields<Reads>} Fields */

/**
 * Whose vouchers are meant: the person's, from whichever of their accounts, and the account's.
 * @typedef {object} Holder
 * @property {string} personKey
 * @property {string} accountId
 */

const LIVE_SHOWN = 50

/**
 * What all requests read by.
 * @typedef {object} Purse
 * @property {Collection} campaigns
 * @property {WhatIsLeft} left
 * @property {import('../joinedReads.js').JoinedReads<Stored>} accountHoldersById
 * @property {import('../joinedReads.js').JoinedReads<Stored>} campaignsById
 * @property {import('../joinedReads.js').JoinedReads<Stored[]>} byPerson
 * @property {import('../joinedReads.js').JoinedReads<Stored[]>} byAccount
 */

/** What one request reads. */
class Reads {
  /**
   * @param {Purse} purse
   * @param {string} communityId
   */
  constructor({ campaigns, left, ...purse }, communityId) {
    this.communityId = communityId
    this.campaigns = campaigns
    this.whatIsLeft = left

    /**
     * @template T
     * @param {import('../joinedReads.js').JoinedReads<T>} reads
     * @returns {DataLoader<string, T | null>}
     */
    const once = (reads) => new DataLoader((ids) => reads.inOrder(communityId, ids))

    this.accountHolders = once(purse.accountHoldersById)
    this.campaignsById = once(purse.campaignsById)
    this.byPerson = once(purse.byPerson)
    this.byAccount = once(purse.byAccount)
  }

  /**
   * Those that residents of an estate can claim from, now or soon.
   * @param {string | null} estateId
   */
  async claimable(estateId) {
    const where = {
      community_id: this.communityId,
      'terms.reward_for': null,
      state: 'live',
      'terms.claim_until': { $gt: new Date() },
      'terms.estate_ids': { $in: estateId === null ? [[]] : [[], estateId] },
    }
    const page = await latest(this.campaigns, where, { by: 'drafted_at', first: LIVE_SHOWN })
    return page.items
  }

  /**
   * Those of some campaigns of which a voucher can be claimed at this moment.
   * @param {string[]} campaignIds
   * @param {Date} at
   */
  withSomeLeft(campaignIds, at) {
    return this.whatIsLeft.among(this.communityId, campaignIds, at)
  }

  /**
   * What the person has, and what was got by the account; most of it is in both.
   * @param {Holder} holder
   */
  async #holdings({ personKey, accountId }) {
    const found = await Promise.all([this.byPerson.load(personKey), this.byAccount.load(accountId)])
    return found.map((vouchers) => vouchers ?? [])
  }

  /**
   * How many of each campaign somebody has, by person or by account, of each the greater.
   * @param {Holder} holder
   */
  async held(holder) {
    /** @type {Map<string, number>} */
    const greater = new Map()
    for (const vouchers of await this.#holdings(holder)) {
      for (const [id, count] of countedByCampaign(vouchers)) {
        greater.set(id, Math.max(count, greater.get(id) ?? 0))
      }
    }
    return greater
  }

  /**
   * What somebody has, the latest claimed first.
   * @param {Holder} holder
   * @param {{ first: number, after: [Date, string] | null }} place
   * @returns {Promise<import('../connections.js').Page<Stored>>}
   */
  async of(holder, { first, after }) {
    const holdings = await this.#holdings(holder)
    const byId = new Map(holdings.flat().map((voucher) => [voucher._id, voucher]))
    const ordered = [...byId.values()].sort(latestClaimed)
    const found = after ? ordered.filter((voucher) => isBeyond(voucher, after)) : ordered
    return {
      items: found.slice(0, first),
      place: (voucher) => [voucher.claimed_at, voucher._id],
      hasNextPage: found.length > first,
    }
  }
}

/** @satisfies {Fields} */
const Query = {
  liveCampaigns: async (_, __, { principal, reads }) => {
    const account = await reads.accountHolders.load(permitted(principal, RESIDENT).accountId)
    const holder = holderOf(account)
    const [campaigns, held] = await Promise.all([
      reads.claimable(account ? (homeOf(account)?.estate_id ?? null) : null),
      holder ? reads.held(holder) : NONE,
    ])
    const at = new Date()
    const open = campaigns.filter(({ terms }) => terms.claim_from <= at)
    const left = await reads.withSomeLeft(open.map(({ _id }) => _id), at)
    return campaigns.map((campaign) => ({
      campaign,
      held: held.get(campaign._id) ?? 0,
      isLeft: left.has(campaign._id),
    }))
  },

  myVouchers: async (_, asked, { principal, reads }) => {
    const place = placeOf(asked)
    const account = await reads.accountHolders.load(permitted(principal, RESIDENT).accountId)
    const holder = holderOf(account)
    const page = holder ? await reads.of(holder, place) : NOTHING
    return connectionOf(page, asked)
  },
}

/** @type {ReadonlyMap<string, number>} */
const NONE = new Map()

/** @type {import('../connections.js').Page<Stored>} */
const NOTHING = { items: [], place: () => [new Date(0), ''], hasNextPage: false }

/** @satisfies {Fields} */
const LiveCampaign = {
  id: ({ campaign }) => campaign._id,
  title: ({ campaign }) => campaign.terms.title,
  funderName: ({ campaign }) => campaign.terms.funder.name,
  kind: ({ campaign }) => shouted(campaign.terms.kind),
  faceValueFen: ({ campaign }) => campaign.terms.face_value_fen,
  minimumSpendFen: ({ campaign }) => campaign.terms.minimum_spend_fen,
  perPerson: ({ campaign }) => campaign.terms.per_person,
  claimedByMe: (live) => live.held,
  claimFrom: ({ campaign }) => campaign.terms.claim_from,
  claimUntil: ({ campaign }) => campaign.terms.claim_until,
  useUntil: ({ campaign }) => campaign.terms.use_until,
}

/** @satisfies {Fields} */
const Voucher = {
  id: (voucher) => voucher._id,
  campaignId: (voucher) => voucher.campaign_id,
  state: (voucher) => shouted(standingOf(voucher)),
  isSingleUse: (voucher) => voucher.is_single_use,
  faceValueFen: (voucher) => voucher.face_value_fen,
  remainingFen: usableFen,
  minimumSpendFen: (voucher) => voucher.minimum_spend_fen,
  isPaused: (voucher) => voucher.is_paused,
  claimedHow: (voucher) => voucher.claimed_how && shouted(voucher.claimed_how),
  sourceId: (voucher) => voucher.source_id,
  claimedAt: (voucher) => voucher.claimed_at,
  usableUntil: (voucher) => voucher.usable_until,
  campaignTitle: async ({ campaign_id: id }, _, { principal, reads }) => {
    permitted(principal, CUSTOMERS)
    return (await reads.campaignsById.load(id))?.terms.title
  },
}

/**
 * What can still be used: what a used red packet leaves only waits for its expiry.
 * @param {Stored} voucher
 */
function usableFen({ is_single_use: isSingleUse, is_used: isUsed, remaining_fen: remainingFen }) {
  return isSingleUse && isUsed ? 0 : remainingFen
}

/**
 * Where a voucher stands for its holder: spent, too, while what is left waits for the expiry.
 * @param {Stored} voucher
 */
function standingOf(voucher) {
  return voucher.state === 'claimed' && !usableFen(voucher) ? 'spent' : voucher.state
}

/**
 * The household bound last of those that stand.
 * @param {Stored} account
 */
function homeOf({ households }) {
  const standing = households.filter(isBound).sort(latestBound)
  return standing[0] ?? null
}

/**
 * @param {Stored | null} account
 * @returns {Holder | null} once no binding stands
 */
function holderOf(account) {
  if (!account?.person_key || !homeOf(account)) return null
  return { personKey: account.person_key, accountId: account._id }
}

/** By the later of the two; at the same moment it is over. @param {any} household */
function isBound({ bound_at: boundAt, unbound_at: unboundAt }) {
  return boundAt !== null && (unboundAt === null || boundAt > unboundAt)
}

/** @param {any} one @param {any} two */
function latestBound(one, two) {
  return two.bound_at - one.bound_at || (one.household_id < two.household_id ? 1 : -1)
}

/** @param {Stored} one @param {Stored} two */
function latestClaimed(one, two) {
  return two.claimed_at - one.claimed_at || (one._id < two._id ? 1 : -1)
}

/**
 * Whether a voucher comes after a place in the list.
 * @param {Stored} voucher
 * @param {[Date, string]} place
 */
function isBeyond({ claimed_at: claimedAt, _id: id }, [moment, lastId]) {
  return claimedAt < moment || (claimedAt.getTime() === moment.getTime() && id < lastId)
}

/** @param {Stored[]} vouchers */
function countedByCampaign(vouchers) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const { campaign_id: id } of vouchers) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

/**
 * @param {import('mongodb').Db} database
 * @returns {import('../schema.js').Rooms}
 */
export function rooms(database) {
  /** @type {Collection} */
  const campaigns = database.collection('campaigns')
  /** @type {Collection} */
  const vouchers = database.collection('vouchers')
  const purse = {
    campaigns,
    left: new WhatIsLeft(vouchers),
    accountHoldersById: joinedReads(database.collection('account_holders')),
    campaignsById: joinedReads(campaigns),
    byPerson: joinedReadsBy(vouchers, 'person_key'),
    byAccount: joinedReadsBy(vouchers, 'account_id'),
  }
  return {
    resolvers: { Query, LiveCampaign, Voucher, Community: { __resolveReference: ownCommunity } },
    readsOf: (principal) => new Reads(purse, principal?.communityId ?? ''),
  }
}
