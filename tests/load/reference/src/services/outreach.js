/**
 * Outreach: what people are told of.
 */
import { connectionOf, placeOf } from '../connections.js'
import { MEMBERS, permitted } from '../permissions.js'
import { ownCommunity } from '../ownCommunity.js'
import { shouted } from '../schema.js'
import { latest } from '../store.js'

/** @typedef {import('../schema.js').Fields<Reads>} Fields */

/** Unread notices are counted so far and no further. */
const UNREAD_SHOWN = 100

/** What one request reads. */
class Reads {
  /** @param {import('mongodb').Db} database */
  constructor(database) {
    /** @type {import('../store.js').Collection} */
    this.notifications = database.collection('notifications')
  }
}

/** @satisfies {Fields} */
const Query = {
  community: (_, reference, context) => ownCommunity(reference, context),

  myNotices: async (_, { unreadOnly, ...asked }, { principal, reads }) => {
    const where = shownTo(permitted(principal, MEMBERS), { unreadOnly })
    const place = { by: 'happened_at', ...placeOf(asked) }
    return connectionOf(await latest(reads.notifications, where, place), asked)
  },

  unreadNotices: (_, __, { principal, reads }) => {
    const where = shownTo(permitted(principal, MEMBERS), { unreadOnly: true })
    return reads.notifications.countDocuments(where, { limit: UNREAD_SHOWN })
  },
}

/** @satisfies {Fields} */
const Notice = {
  id: (notice) => notice._id,
  kind: (notice) => shouted(notice.words.kind),
  headline: (notice) => notice.words.headline,
  text: (notice) => notice.words.text,
  page: (notice) => `pages/${isOfVoucher(notice) ? 'voucher' : 'issue'}?id=${notice.subject_id}`,
  issueId: (notice) => (isOfVoucher(notice) ? null : notice.subject_id),
  voucherId: (notice) => (isOfVoucher(notice) ? notice.subject_id : null),
  happenedAt: (notice) => notice.happened_at,
  readAt: (notice) => notice.read_at,
}

/** @param {import('../store.js').Stored} notice */
function isOfVoucher(notice) {
  return notice.words.kind.startsWith('voucher_')
}

/**
 * What the app shows an account.
 * @param {import('../schema.js').Principal} actor
 * @param {{ unreadOnly: boolean }} asked
 */
function shownTo({ communityId, accountId }, { unreadOnly }) {
  const where = { community_id: communityId, account_id: accountId, shown: true }
  return unreadOnly ? { ...where, read_at: null } : where
}

/**
 * @param {import('mongodb').Db} database
 * @returns {import('../schema.js').Rooms}
 */
export function rooms(database) {
  const reads = new Reads(database) // nothing that a request would have to forget
  const Community = { __resolveReference: ownCommunity }
  return { resolvers: { Query, Notice, Community }, readsOf: () => reads }
}
