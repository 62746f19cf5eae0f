/**
 * Vouchers: what somebody has, and what can be claimed.
 */
import DataLoader from 'dataloader'
import { connectionOf, placeOf } from '../connections.js'
import { CUSTOMERS, RESIDENT, permitted } from '../permissions.js'
import { ownCommunity } from '../ownCommunity.js'
import { shouted } from '../schema.js'
import { joinedReads, latest } from '../store.js'

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
/** @type {import('mongodb').Sort} */
const RELEASED_FIRST = { claimable_from: 1, lot: 1 }

/**
 * What all requests read by.
 * @typedef {object} Purse
 * @property {Collection} vouchers
 * @property {Collection} campaigns
 * @property {import('../joinedReads.js').JoinedReads} accountHoldersById
 * @property {import('../joinedReads.js').JoinedReads} campaignsById
 */

/** What one request reads. */
class Reads {
  /**
   * @param {Purse} purse
   * @param {string} communityId
   */
  constructor({ vouchers, campaigns, accountHoldersById, campaignsById }, communityId) {
    this.communityId = communityId
    this.vouchers = vouchers
    this.campaigns = campaigns
    /** @type {DataLoader<string, Stored | null>} */
    this.accountHolders = new DataLoader((ids) => accountHoldersById.inOrder(communityId, ids))
    /** @type {DataLoader<string, Stored | null>} */
    this.campaignsById = new DataLoader((ids) => campaignsById.inOrder(communityId, ids))
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
   * How many of each campaign somebody has, by person or by account, of each the greater.
   * @param {readonly string[]} campaignIds
   * @param {Holder} holder
   */
  async held(campaignIds, { personKey, accountId }) {
    const [byPerson, byAccount] = await Promise.all([
      this.#held({ person_key: personKey }),
      this.#held({ account_id: accountId }),
    ])
    return new Map(
      campaignIds.map((id) => [id, Math.max(byPerson.get(id) ?? 0, byAccount.get(id) ?? 0)]),
    )
  }

  /** @param {Record<string, string>} whose */
  async #held(whose) {
    const where = { community_id: this.communityId, ...whose }
    const found = await this.vouchers.find(where, { projection: { campaign_id: 1 } }).toArray()
    /** @type {Map<string, number>} */
    const counts = new Map()
    for (const { campaign_id: id } of found) counts.set(id, (counts.get(id) ?? 0) + 1)
    return counts
  }

  /**
   * Whether a voucher of a campaign can be claimed at this moment.
   * @param {string} campaignId
   * @param {Date} at
   */
  async isLeft(campaignId, at) {
    const where = {
      community_id: this.communityId,
      campaign_id: campaignId,
      state: 'available',
    }
    const options = { projection: { claimable_from: 1 }, sort: RELEASED_FIRST }
    const first = await this.vouchers.findOne(where, options)
    return first !== null && first.claimable_from <= at
  }

  /**
   * What somebody has, the latest claimed first.
   * @param {Holder} holder
   * @param {{ first: number, after: [Date, string] | null }} place
   * @returns {Promise<import('../connections.js').Page<Stored>>}
   */
  async of({ personKey, accountId }, { first, after }) {
    const place = { by: 'claimed_at', first: first + 1, after }
    const pages = await Promise.all(
      [{ person_key: personKey }, { account_id: accountId }].map((whose) =>
        latest(this.vouchers, { community_id: this.communityId, ...whose }, place),
      ),
    )
    const byId = new Map(pages.flatMap(({ items }) => items.map((each) => [each._id, each])))
    const found = [...byId.values()].sort(latestClaimed)
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
    const campaigns = await reads.claimable(account ? (homeOf(account)?.estate_id ?? null) : null)
    const holder = holderOf(account)
    const ids = campaigns.map((campaign) => campaign._id)
    const held = holder ? await reads.held(ids, holder) : new Map()
    const at = new Date()
    const isLeft = await Promise.all(
      campaigns.map(({ _id, terms }) => terms.claim_from <= at && reads.isLeft(_id, at)),
    )
    return campaigns.map((campaign, index) => ({
      campaign,
      held: held.get(campaign._id) ?? 0,
      isLeft: isLeft[index],
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
 * @param {import('mongodb').Db} database
 * @returns {import('../schema.js').Rooms}
 */
export function rooms(database) {
  /** @type {Collection} */
  const campaigns = database.collection('campaigns')
  /** @type {Collection} */
  const vouchers = database.collection('vouchers')
  const purse = {
    vouchers,
    campaigns,
    accountHoldersById: joinedReads(database.collection('account_holders')),
    campaignsById: joinedReads(campaigns),
  }
  return {
    resolvers: { Query, LiveCampaign, Voucher, Community: { __resolveReference: ownCommunity } },
    readsOf: (principal) => new Reads(purse, principal?.communityId ?? ''),
  }
}
