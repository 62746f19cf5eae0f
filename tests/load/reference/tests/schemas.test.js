/**
 * The services' committed schemas are what is served, and every resolver is a field's of them.
 */
import assert from 'node:assert/strict'
import test from 'node:test'
import { execute, isObjectType, parse } from 'graphql'
import { MongoClient } from 'mongodb'
import { WrappingKeys } from '../src/encryption.js'
import { schemaOf } from '../src/schema.js'

/** @typedef {import('../src/schema.js').Rooms} Rooms */

const database = new MongoClient('mongodb://127.0.0.1:1').db('nowhere')
const wrappingKeys = new WrappingKeys(new Map())

/** @type {import('../src/settings.js').ServiceName[]} */
const SERVICES = ['residents', 'issues', 'outreach', 'vouchers']
for (const service of SERVICES) {
  test(`${service}: its schema, and who asks for it without a token`, async () => {
    const { rooms } = await import(`../src/services/${service}.js`)
    /** @type {Rooms} */
    const { resolvers, readsOf } = rooms(database, { wrappingKeys })
    const schema = schemaOf(service, resolvers)
    for (const [name, fields] of Object.entries(resolvers)) {
      const type = schema.getType(name)
      assert.ok(isObjectType(type), name)
      const { __resolveReference: _, ...resolved } = fields
      const unknown = Object.keys(resolved).filter((field) => !(field in type.getFields()))
      assert.deepEqual(unknown, [], name)
    }
    for (const field of Object.keys(resolvers['Query'] ?? {})) {
      const asked = field === 'community' ? `{ community(id: "x") { id } }` : anything(field)
      const contextValue = { principal: null, reads: readsOf(null) }
      const { errors } = await execute({ schema, document: parse(asked), contextValue })
      assert.equal(errors?.[0]?.extensions['code'], 'UNAUTHENTICATED', field)
    }
  })
}

/** @param {string} field */
function anything(field) {
  return field === 'unreadNotices' ? `{ ${field} }` : `{ ${field} { __typename } }`
}
