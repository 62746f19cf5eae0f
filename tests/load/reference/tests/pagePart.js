/**
 * A service's part of the first page, asked as the gateway asks it: in one go.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { FieldsOnCorrectTypeRule, execute, parse, validate } from 'graphql'
import { WrappingKeys } from '../src/encryption.js'
import { schemaOf } from '../src/schema.js'
import { KEYS } from './sealed.js'

const HOME = new URL('../../../../gateway/operations/miniprogram/Home.graphql', import.meta.url)

export const COMMUNITY = 'community_1'
export const ACCOUNT = 'account_1'

/**
 * @param {import('../src/settings.js').ServiceName} service
 * @param {import('mongodb').Db} database
 * @returns {Promise<(document?: import('graphql').DocumentNode) => Promise<any>>} asks as somebody
 *   who lives there, for the page where nothing else is said
 */
export async function asking(service, database) {
  const { rooms } = await import(`../src/services/${service}.js`)
  /** @type {import('../src/schema.js').Rooms} */
  const { resolvers, readsOf } = rooms(database, { wrappingKeys: WrappingKeys.parse(KEYS) })
  const schema = schemaOf(service, resolvers)
  const page = partOf(readFileSync(HOME, 'utf8'), schema)
  const principal = {
    accountId: ACCOUNT,
    sessionId: 'session_1',
    communityId: COMMUNITY,
    roles: [{ role: 'resident' }],
  }
  return async (document = page) => {
    const contextValue = { principal, reads: readsOf(principal) }
    const variableValues = { communityId: COMMUNITY }
    const { data, errors } = await execute({ schema, document, contextValue, variableValues })
    assert.equal(errors, undefined)
    return JSON.parse(JSON.stringify(data))
  }
}

/**
 * The fields of a page's one query that a service has, each with all that it asks for.
 * @param {string} page
 * @param {import('graphql').GraphQLSchema} schema
 * @returns {import('graphql').DocumentNode}
 */
function partOf(page, schema) {
  const document = parse(page)
  const [query] = document.definitions
  assert.ok(query?.kind === 'OperationDefinition')
  /** @param {readonly import('graphql').SelectionNode[]} selections */
  const only = (selections) => ({
    ...document,
    definitions: [{ ...query, selectionSet: { ...query.selectionSet, selections } }],
  })
  const known = query.selectionSet.selections.filter(
    (field) => validate(schema, only([field]), [FieldsOnCorrectTypeRule]).length === 0,
  )
  assert.notEqual(known.length, 0, 'nothing of the page is this service')
  return only(known)
}
