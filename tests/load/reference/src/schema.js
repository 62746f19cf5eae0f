/**
 * A service's own part of the graph, made executable: its committed schema, and resolvers.
 */
import { readFileSync } from 'node:fs'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse, visit } from 'graphql'
import { DateTime } from './moments.js'

const SERVICES = new URL('../../../../services/', import.meta.url)
/** What `buildSubgraphSchema` adds by itself. */
const FEDERATION_TYPES = new Set(['_Any', '_Entity', '_Service'])
const FEDERATION_FIELDS = new Set(['_entities', '_service'])

/** @typedef {Record<string, Record<string, Function>>} Resolvers */
/** @typedef {import('./tokens.js').Principal} Principal */

/**
 * What a service is made of: its resolvers, and what one request reads by.
 * @typedef {object} Rooms
 * @property {Resolvers} resolvers
 * @property {(principal: Principal | null) => unknown} readsOf
 */

/**
 * What a resolver is handed.
 * @template R
 * @typedef {{ principal: Principal | null, reads: R }} Context
 */

/**
 * Of one type: a document, what is asked of it, and by whom.
 * @template R
 * @typedef {Record<string, (source: any, args: any, context: Context<R>) => unknown>} Fields
 */

/**
 * @param {import('./settings.js').ServiceName} service
 * @param {Resolvers} resolvers
 */
export function schemaOf(service, resolvers) {
  const text = readFileSync(new URL(`${service}/schema.graphql`, SERVICES), 'utf8')
  const typeDefs = visit(parse(text), {
    ScalarTypeDefinition: withoutFederation,
    UnionTypeDefinition: withoutFederation,
    ObjectTypeDefinition: {
      enter: (node) => (FEDERATION_TYPES.has(node.name.value) ? null : undefined),
    },
    FieldDefinition: (node) => (FEDERATION_FIELDS.has(node.name.value) ? null : undefined),
  })
  return buildSubgraphSchema([{ typeDefs, resolvers: { DateTime, ...resolvers } }])
}

/** @param {{ name: import('graphql').NameNode }} node */
function withoutFederation(node) {
  return FEDERATION_TYPES.has(node.name.value) ? null : undefined
}

/**
 * The graph's word for a stored one.
 * @param {string} word
 */
export function shouted(word) {
  return word.toUpperCase()
}

