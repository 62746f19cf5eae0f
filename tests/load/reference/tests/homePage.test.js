/**
 * What the first page of the mini-program costs: the same commands of the store as the services' own
 * part of it takes, which `test_home_page*.py` count there.
 */
import assert from 'node:assert/strict'
import test from 'node:test'
import { parse } from 'graphql'
import { derivedId } from '../src/ids.js'
import { ACCOUNT, COMMUNITY, asking } from './pagePart.js'
import { PHONE, WRAPPED, bytes } from './sealed.js'
import { counted, wireStore } from './wireStore.js'

/** @typedef {import('mongodb').Document} Document */

const MINUTE = 60_000
const SIX_SECONDS = 6_000
const BOOKKEEPING = { held: 0, outbox: 0, requests: 0, creation: 0 }
const LONG_AGO = new Date('2026-01-01T00:00:00Z')
const FAR_OFF = new Date('2999-01-01T00:00:00Z')

/** @param {number} number */
const minute = (number) => new Date(LONG_AGO.getTime() + number * MINUTE)

/** @param {string} id @param {Document} rest @returns {Document} */
const here = (id, rest) => ({ _id: id, community_id: COMMUNITY, outbox: [], ...rest })

test('residents', async (t) => {
  const clock = { now: Date.now() }
  t.mock.method(Date, 'now', () => clock.now)
  const home = { household_id: 'household_1' }
  const binding = { id: 'binding_1', state: 'verified', requested_at: LONG_AGO }
  const { database, taken } = await wireStore(t, {
    accounts: [
      here(ACCOUNT, {
        encrypted_for: ACCOUNT,
        phone: bytes(PHONE),
        roles: [],
        bindings: [{ ...binding, resident: { resident_id: 'resident_1' } }],
      }),
    ],
    person_keys: [{ _id: ACCOUNT, wrapped: bytes(WRAPPED), wrapped_by: 'k1' }],
    communities: [here(COMMUNITY, { name: '八家庄' })],
    archives: [here(derivedId('archive', COMMUNITY), { edition: 1 })],
    residents: [
      here('resident_1', { encrypted_for: 'pseudonym_1', facts: bytes(PHONE), from_edition: 1, home }),
    ],
    households: [
      here('household_1', { from_edition: 1, building_id: 'building_1', unit: '1', room: '101' }),
    ],
    buildings: [here('building_1', { from_edition: 1, label: '2' })],
  })
  const ask = await asking('residents', database)
  const each = {
    'accounts.find': 1,
    'communities.find': 1,
    'archives.find': 1,
    'residents.find': 1,
    'households.find': 1,
    'buildings.find': 1,
  }

  const shown = await ask()
  assert.deepEqual(shown, {
    community: { name: '八家庄' },
    me: {
      id: ACCOUNT,
      maskedPhone: '138****5678',
      roles: [],
      bindings: [{ id: 'binding_1', state: 'VERIFIED' }],
    },
    myHouseholds: [{ id: 'household_1', door: '2号楼1单元101' }],
  })
  const sent = taken()
  assert.deepEqual(counted(sent), { ...each, 'person_keys.find': 1 })
  const [ofKeys] = sent.filter(({ find }) => find === 'person_keys')
  assert.deepEqual(ofKeys?.['filter'], { _id: { $in: [ACCOUNT] } }, 'of the resident nothing')

  assert.deepEqual(await ask(), shown)
  assert.deepEqual(counted(taken()), each)

  clock.now += SIX_SECONDS
  assert.deepEqual(await ask(), shown)
  assert.deepEqual(counted(taken()), { ...each, 'person_keys.find': 1 })
})

test('issues, and how somebody follows them only where it is asked for', async (t) => {
  const issues = [0, 1, 2, 3, 4, 5].map((number) =>
    here(`issue_${number}`, {
      state: 'triaged',
      published_at: minute(number),
      updated_at: minute(number),
      public_text: `${number}`,
      reporter: { account_id: number === 5 ? ACCOUNT : 'account_2' },
    }),
  )
  const follower = here(derivedId('follower', 'issue_1', ACCOUNT), {
    issue_id: 'issue_1',
    account_id: ACCOUNT,
    following: true,
    role: 'follower',
    changed_at: LONG_AGO,
  })
  const { database, taken } = await wireStore(t, { issues, followers: [follower] })
  const ask = await asking('issues', database)

  const { myIssues, publicIssues } = await ask()
  assert.deepEqual(counted(taken()), {
    'issues.find': 2,
    'followers.find': 1,
    'followers.aggregate': 1,
  })
  assert.deepEqual(idsOf(myIssues), ['issue_1'])
  assert.deepEqual(idsOf(publicIssues), ['issue_5', 'issue_4', 'issue_3', 'issue_2', 'issue_1'])
  assert.deepEqual(publicIssues.nodes.map(followersOf), [0, 0, 0, 0, 1])

  const nodes = '(first: 5) { nodes { mine role } }'
  const roles = await ask(parse(`{ myIssues${nodes} publicIssues${nodes} }`))
  assert.deepEqual(counted(taken()), { 'issues.find': 2, 'followers.find': 2 })
  assert.deepEqual(roles.myIssues.nodes, [{ mine: false, role: 'FOLLOWER' }])
  const [latest, ...others] = roles.publicIssues.nodes
  assert.deepEqual(latest, { mine: true, role: null })
  assert.deepEqual(others.at(-1), { mine: false, role: 'FOLLOWER' })
})

test('outreach', async (t) => {
  const notifications = [0, 1, 2, 3].map((number) =>
    here(`notification_${number}`, {
      account_id: ACCOUNT,
      shown: true,
      read_at: null,
      happened_at: minute(number),
      subject_id: 'issue_1',
      words: { kind: 'issue_resolved', headline: '', text: '' },
    }),
  )
  const { database, taken } = await wireStore(t, { notifications })
  const ask = await asking('outreach', database)

  const { unreadNotices, myNotices } = await ask()
  assert.deepEqual(counted(taken()), { 'notifications.find': 1, 'notifications.aggregate': 1 })
  assert.equal(unreadNotices, 4)
  assert.deepEqual(idsOf(myNotices), ['notification_3', 'notification_2', 'notification_1'])
})

const CAMPAIGNS = ['campaign_0', 'campaign_1', 'campaign_2']
const OF_THE_HOLDER = { 'account_holders.find': 1, 'campaigns.find': 2 }

/**
 * Three campaigns, each with one that is left; somebody has two of the first and one of the second,
 * one of them got under another pseudonym, and somebody else has one.
 * @returns {{ account_holders: Document[], campaigns: Document[], vouchers: Document[] }}
 */
function purse() {
  const terms = {
    reward_for: null,
    claim_from: LONG_AGO,
    claim_until: FAR_OFF,
    estate_ids: [],
    face_value_fen: 500,
    minimum_spend_fen: 1000,
  }
  const campaigns = CAMPAIGNS.map((id, number) =>
    here(id, { state: 'live', drafted_at: minute(number), terms: { ...terms, title: id } }),
  )
  const held = { state: 'claimed', remaining_fen: 500, usable_until: FAR_OFF, lot: 0 }
  const mine = [
    here('v_0', { ...held, campaign_id: 'campaign_0', person_key: 'p', account_id: ACCOUNT }),
    here('v_1', { ...held, campaign_id: 'campaign_1', person_key: 'former', account_id: ACCOUNT }),
    here('v_2', { ...held, campaign_id: 'campaign_0', person_key: 'p', account_id: 'account_2' }),
  ].map((voucher, number) => ({ ...voucher, claimed_at: minute(number) }))
  const another = { person_key: 'q', account_id: 'account_3', claimed_at: minute(9) }
  const left = CAMPAIGNS.map((id) =>
    here(`left_of_${id}`, {
      campaign_id: id,
      state: 'available',
      claimable_from: LONG_AGO,
      lot: 1,
      person_key: null,
      account_id: null,
    }),
  )
  const households = [{ household_id: 'h', estate_id: 'e', bound_at: LONG_AGO, unbound_at: null }]
  return {
    account_holders: [here(ACCOUNT, { person_key: 'p', households })],
    campaigns,
    vouchers: [...mine, here('v_9', { ...held, campaign_id: 'campaign_2', ...another }), ...left],
  }
}

test('vouchers: what somebody has once, what is left of all campaigns at once', async (t) => {
  const { database, taken } = await wireStore(t, purse())
  const ask = await asking('vouchers', database)

  const shown = await ask()
  assert.deepEqual(counted(taken()), { ...OF_THE_HOLDER, 'vouchers.find': 2 + CAMPAIGNS.length })
  assert.deepEqual(await ask(), shown)
  const again = taken()
  assert.deepEqual(counted(again), { ...OF_THE_HOLDER, 'vouchers.find': 2 + 1 })

  const ofVouchers = again.filter(({ find }) => find === 'vouchers')
  assert.deepEqual(new Set(ofVouchers.map(({ filter }) => filter)), new Set([
    { community_id: COMMUNITY, person_key: { $in: ['p'] } },
    { community_id: COMMUNITY, account_id: { $in: [ACCOUNT] } },
    { _id: { $in: CAMPAIGNS.toReversed().map((id) => `left_of_${id}`) }, community_id: COMMUNITY },
  ]))
  for (const { projection } of ofVouchers) assert.deepEqual(projection, BOOKKEEPING)

  assert.deepEqual(idsOf(shown.myVouchers), ['v_2', 'v_1', 'v_0'])
  assert.deepEqual(shown.myVouchers.nodes.map(titleOf), ['campaign_0', 'campaign_1', 'campaign_0'])
  assert.deepEqual(shown.liveCampaigns.map(claimsOf), [0, 1, 2])
  assert.deepEqual(shown.liveCampaigns.map(isLeft), [true, true, true])
})

test('vouchers: nothing is left once somebody has what was left, or before its day', async (t) => {
  const stored = purse()
  const { database } = await wireStore(t, stored)
  const ask = await asking('vouchers', database)
  const left = async () => (await ask()).liveCampaigns.map(isLeft).toReversed()
  assert.deepEqual(await left(), [true, true, true])

  const [first, second] = stored.vouchers.filter(({ state }) => state === 'available')
  assert.ok(first && second)
  first['state'] = 'claimed'
  second['state'] = 'claimed'
  stored.vouchers.push({ ...second, _id: 'another', state: 'available' })
  assert.deepEqual(await left(), [false, true, true])
  assert.deepEqual(await left(), [false, true, true])

  stored.vouchers.push({ ...first, _id: 'of_tomorrow', state: 'available', claimable_from: FAR_OFF })
  assert.deepEqual(await left(), [false, true, true])
  assert.deepEqual(await left(), [false, true, true])
})

test('vouchers: a list goes on where it ended', async (t) => {
  const { database } = await wireStore(t, purse())
  const ask = await asking('vouchers', database)
  const page = (/** @type {string} */ after) =>
    ask(parse(`{ myVouchers(first: 2${after}) { nodes { id } pageInfo { hasNextPage endCursor } } }`))

  const { myVouchers: begin } = await page('')
  assert.deepEqual([idsOf(begin), begin.pageInfo.hasNextPage], [['v_2', 'v_1'], true])
  const { myVouchers: end } = await page(`, after: "${begin.pageInfo.endCursor}"`)
  assert.deepEqual([idsOf(end), end.pageInfo.hasNextPage], [['v_0'], false])
})

/** @param {{ nodes: { id: string }[] }} connection */
function idsOf({ nodes }) {
  return nodes.map(({ id }) => id)
}

/** @param {{ followerCount: number }} issue */
function followersOf({ followerCount }) {
  return followerCount
}

/** @param {{ campaignTitle: string }} voucher */
function titleOf({ campaignTitle }) {
  return campaignTitle
}

/** @param {{ claimedByMe: number }} campaign */
function claimsOf({ claimedByMe }) {
  return claimedByMe
}

/** @param {{ isLeft: boolean }} campaign */
function isLeft({ isLeft: it }) {
  return it
}
