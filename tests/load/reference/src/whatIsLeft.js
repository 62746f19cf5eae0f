/**
 * Which campaigns have a voucher that nobody has yet, as the store says at this moment.
 */
import { joinedReads } from './store.js'

/** @typedef {import('./store.js').Collection} Collection */

const CAMPAIGNS_REMEMBERED = 1_000
/** @type {import('mongodb').Sort} */
const RELEASED_FIRST = { claimable_from: 1, lot: 1 }

/**
 * The voucher that was free when last looked at is looked at again, for all campaigns at once; where
 * somebody has it, another is looked for. What is remembered says where to look, never what is
 * answered: as `vouchers.adapters.cards.mongo_vouchers` has it.
 */
export class WhatIsLeft {
  /** @type {Map<string, string>} a voucher by its campaign, the earliest remembered first */
  #lastLeft = new Map()

  /** @param {Collection} vouchers */
  constructor(vouchers) {
    this.vouchers = vouchers
    this.vouchersById = joinedReads(vouchers)
  }

  /**
   * @param {string} communityId
   * @param {string[]} campaignIds
   * @param {Date} at
   * @returns {Promise<Set<string>>} those of which one can be claimed
   */
  async among(communityId, campaignIds, at) {
    const left = await this.#stillLeft(communityId, campaignIds, at)
    const others = campaignIds.filter((id) => !left.has(id))
    // Each stops at the first, side by side.
    const found = await Promise.all(others.map((id) => this.#isLeft(communityId, id, at)))
    return new Set([...left, ...others.filter((_, index) => found[index])])
  }

  /**
   * @param {string} communityId
   * @param {string[]} campaignIds
   * @param {Date} at
   */
  async #stillLeft(communityId, campaignIds, at) {
    const ids = campaignIds.flatMap((id) => this.#lastLeft.get(id) ?? [])
    const found = ids.length > 0 ? await this.vouchersById.inOrder(communityId, ids) : []
    const free = found.filter((one) => one?.state === 'available' && one.claimable_from <= at)
    return new Set(free.map((one) => one?.campaign_id))
  }

  /**
   * @param {string} communityId
   * @param {string} campaignId
   * @param {Date} at
   */
  async #isLeft(communityId, campaignId, at) {
    const where = {
      community_id: communityId,
      campaign_id: campaignId,
      state: 'available',
    }
    const options = { projection: { claimable_from: 1 }, sort: RELEASED_FIRST }
    const first = await this.vouchers.findOne(where, options)
    if (first === null) return false
    this.#remember(campaignId, first._id)
    return first.claimable_from <= at
  }

  /**
   * @param {string} campaignId
   * @param {string} voucherId
   */
  #remember(campaignId, voucherId) {
    this.#lastLeft.set(campaignId, voucherId)
    for (const earliest of this.#lastLeft.keys()) {
      if (this.#lastLeft.size <= CAMPAIGNS_REMEMBERED) break
      this.#lastLeft.delete(earliest)
    }
  }
}
