/**
 * One service's database, read as the services read it: by tenant, by id or by keyset.
 */
import { MongoClient } from 'mongodb'
import { JoinedReads } from './joinedReads.js'

/** @typedef {import('mongodb').Document & { _id: string }} Stored */
/** @typedef {import('mongodb').Collection<Stored>} Collection */
/** @typedef {readonly [field: string, direction: 1 | -1][]} Sort */

/** What the services write beside an aggregate and no reader needs. */
const BOOKKEEPING = { held: 0, outbox: 0, requests: 0, creation: 0 }

/**
 * @param {string} uri
 * @param {string} database
 */
export function connect(uri, database) {
  const client = new MongoClient(uri, {
    appName: database,
    serverSelectionTimeoutMS: 3_000,
    socketTimeoutMS: 4_000,
    enableUtf8Validation: false,
    promoteBuffers: true,
  })
  return { client, database: client.db(database) }
}

/**
 * Reads by id, joined over all requests; null for another community's.
 * @param {Collection} collection
 * @param {{ decode: (documents: Stored[]) => Promise<unknown> }} [codec]
 */
export function joinedReads(collection, codec) {
  return new JoinedReads(async (communityId, ids) => {
    const where = { _id: { $in: ids }, community_id: communityId }
    const found = await collection.find(where, { projection: BOOKKEEPING }).toArray()
    await codec?.decode(found)
    return new Map(found.map((stored) => [stored._id, stored]))
  })
}

/**
 * Reads of all that somebody has, by a field that says whose it is; joined likewise.
 * @param {Collection} collection
 * @param {string} field
 */
export function joinedReadsBy(collection, field) {
  return new JoinedReads(async (communityId, owners) => {
    const where = { community_id: communityId, [field]: { $in: owners } }
    const found = await collection.find(where, { projection: BOOKKEEPING }).toArray()
    /** @type {Map<string, Stored[]>} */
    const whose = new Map(owners.map((owner) => [owner, []]))
    for (const stored of found) whose.get(stored[field])?.push(stored)
    return whose
  })
}

/**
 * One page of a list; the sort ends in `_id`, its directions are the same.
 * @param {Collection} collection
 * @param {import('mongodb').Filter<Stored>} where
 * @param {{ by: string, first: number, after?: [Date, string] | null }} page `by`: the moment that
 *   the list goes by, the latest first
 * @returns {Promise<import('./connections.js').Page<Stored>>}
 */
export async function latest(collection, where, { by, first, after = null }) {
  const bounded = after ? { ...where, ...beyond(where, by, after) } : where
  const found = await collection
    .find(bounded, { projection: BOOKKEEPING, sort: { [by]: -1, _id: -1 }, limit: first + 1 })
    .toArray()
  return {
    items: found.slice(0, first),
    place: (document) => [document[by], document._id],
    hasNextPage: found.length > first,
  }
}

/**
 * What lies beyond a place, bounded on the moment so that its index is walked.
 * @param {import('mongodb').Filter<Stored>} where
 * @param {string} by
 * @param {[Date, string]} after
 */
function beyond(where, by, [moment, id]) {
  return {
    [by]: { ...where[by], $lte: moment },
    $or: [{ [by]: { $lt: moment } }, { _id: { $lt: id } }],
  }
}
