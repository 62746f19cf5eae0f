/**
 * Issues: what everybody of a community may see of its matters, and what people see of their own.
 */
import DataLoader from 'dataloader'
import { connectionOf, placeOf } from '../connections.js'
import { derivedId } from '../ids.js'
import { MEMBERS, permitted } from '../permissions.js'
import { ownCommunity } from '../ownCommunity.js'
import { shouted } from '../schema.js'
import { joinedReads, latest } from '../store.js'

/** @typedef {import('../store.js').Stored} Stored */
/** @typedef {import('../store.js').Collection} Collection */
/** @typedef {import('../schema.js').Fields<Reads>} Fields */
/**
 * An issue as somebody sees it, and how they follow it; undefined where nobody looked.
 * @typedef {{ issue: Stored, isMine: boolean, follower?: Stored }} SeenIssue
 */

const BEFORE_ALL = new Date(0)

/**
 * What all requests read by.
 * @typedef {object} Matters
 * @property {Collection} issues
 * @property {Collection} followers
 * @property {import('../joinedReads.js').JoinedReads<Stored>} issuesById
 * @property {import('../joinedReads.js').JoinedReads<Stored>} followersById
 */

/** What one request reads. */
class Reads {
  /**
   * @param {Matters} matters
   * @param {import('../schema.js').Principal | null} principal
   */
  constructor(matters, principal) {
    this.matters = matters
    this.communityId = principal?.communityId ?? ''
    this.accountId = principal?.accountId ?? ''
    /** @type {DataLoader<string, number>} */
    this.followerCounts = new DataLoader((ids) => this.#count(ids))
    /** @type {DataLoader<string, Stored | null>} */
    this.ownFollowers = new DataLoader((ids) => this.#own(ids))
  }

  /** @param {readonly string[]} issueIds */
  #own(issueIds) {
    const ids = issueIds.map((id) => derivedId('follower', id, this.accountId))
    return this.matters.followersById.inOrder(this.communityId, ids)
  }

  /** @param {readonly string[]} issueIds */
  async #count(issueIds) {
    const counted = await this.matters.followers
      .aggregate([
        {
          $match: {
            community_id: this.communityId,
            issue_id: { $in: [...issueIds] },
            following: true,
          },
        },
        { $group: { _id: '$issue_id', count: { $sum: 1 } } },
      ])
      .toArray()
    const counts = new Map(counted.map(({ _id, count }) => [_id, count]))
    return issueIds.map((id) => counts.get(id) ?? 0)
  }
}

/** @satisfies {Fields} */
const Query = {
  community: (_, reference, context) => ownCommunity(reference, context),

  publicIssues: async (_, asked, { principal, reads: { matters } }) => {
    const { accountId, communityId } = permitted(principal, MEMBERS)
    const where = { community_id: communityId, published_at: { $gt: BEFORE_ALL } }
    const place = { by: 'published_at', ...placeOf(asked) }
    const page = await latest(matters.issues, where, place)
    const seen = page.items.map((issue) => seenBy(accountId, issue))
    return connectionOf({ ...page, items: seen, place: ({ issue }) => page.place(issue) }, asked)
  },

  myIssues: async (_, asked, { principal, reads: { matters } }) => {
    const { accountId, communityId } = permitted(principal, MEMBERS)
    const where = { community_id: communityId, account_id: accountId, following: true }
    const page = await latest(matters.followers, where, { by: 'changed_at', ...placeOf(asked) })
    const ids = page.items.map((follower) => follower.issue_id)
    const issues = await matters.issuesById.inOrder(communityId, ids)
    // An issue that is not there any more in a store that was set back is left out.
    const seen = page.items.flatMap((follower, at) => {
      const issue = issues[at]
      return issue ? [{ ...seenBy(accountId, issue, follower), follower }] : []
    })
    return connectionOf({ ...page, items: seen, place: (each) => page.place(each.follower) }, asked)
  },
}

/** @satisfies {Fields} */
const PublicIssue = {
  id: ({ issue }) => issue._id,
  state: ({ issue }) => shouted(issue.state),
  publicText: ({ issue }) => issue.public_text,
  reportedAt: ({ issue }) => issue.reported_at,
  updatedAt: ({ issue }) => issue.publicly_changed_at ?? issue.updated_at,
  rating: ({ issue }) => issue.confirmation?.rating,
  resolutionNote: ({ issue }) => issue.resolution?.note,
  rejectionReason: ({ issue }) => issue.rejection?.reason,
  mine: (seen) => seen.isMine,
  role: async ({ issue, follower }, _, { reads }) => {
    const own = follower ?? (await reads.ownFollowers.load(issue._id))
    return own?.following ? shouted(own.role) : null
  },
  followerCount: ({ issue }, _, { reads }) => reads.followerCounts.load(issue._id),
}

/**
 * @param {string} accountId
 * @param {Stored} issue
 * @param {Stored} [follower] how the account follows it
 * @returns {SeenIssue}
 */
function seenBy(accountId, issue, follower) {
  return { issue, follower, isMine: issue.reporter?.account_id === accountId }
}

/**
 * @param {import('mongodb').Db} database
 * @returns {import('../schema.js').Rooms}
 */
export function rooms(database) {
  /** @type {Collection} */
  const issues = database.collection('issues')
  /** @type {Collection} */
  const followers = database.collection('followers')
  const matters = {
    issues,
    followers,
    issuesById: joinedReads(issues),
    followersById: joinedReads(followers),
  }
  return {
    resolvers: { Query, PublicIssue, Community: { __resolveReference: ownCommunity } },
    readsOf: (principal) => new Reads(matters, principal),
  }
}
