/**
 * Where nulls go in an answer.
 */
import { getOperationAST, isNonNullType } from 'graphql'
import { fieldOf, fieldsIn, fragmentsOf, isAskedFor, responseName } from './selections.js'

/**
 * What an answer holds if nothing was found out: null for each root field, where all may be null.
 * @param {import('graphql').GraphQLSchema} schema
 * @param {import('graphql').DocumentNode} document
 * @param {string | null | undefined} operationName
 * @param {Record<string, unknown>} variables coerced
 * @returns {Record<string, null> | null}
 */
export function emptyData(schema, document, operationName, variables) {
  const operation = getOperationAST(document, operationName)
  const root = operation && schema.getRootType(operation.operation)
  if (!root) return null
  const fields = [
    ...fieldsIn(operation.selectionSet, root, { schema, fragments: fragmentsOf(document) }),
  ].filter(({ conditions }) => isAskedFor(conditions, variables))
  const mustNot = fields.some(({ node, parent }) => {
    const type = fieldOf(node, parent)?.type
    return type !== undefined && isNonNullType(type)
  })
  return mustNot ? null : Object.fromEntries(fields.map(({ node }) => [responseName(node), null]))
}

/** What may not be null became null: whatever holds it becomes null instead. */
const BUBBLE = Symbol('null that must go up')

/**
 * Make one field null wherever the answer has it.
 * @param {any} data
 * @param {string[]} path of response names, lists left out
 * @param {boolean[]} nullable of each name in `path`
 * @returns {any}
 */
export function withNullAt(data, path, nullable) {
  const changed = change(data, path, nullable, 0)
  return changed === BUBBLE ? null : changed
}

/**
 * @param {any} value
 * @param {string[]} path
 * @param {boolean[]} nullable
 * @param {number} depth
 * @returns {any}
 */
function change(value, path, nullable, depth) {
  if (Array.isArray(value)) {
    const items = value.map((item) => change(item, path, nullable, depth))
    return items.includes(BUBBLE) ? BUBBLE : items
  }
  const name = path[depth] ?? ''
  if (value === null || typeof value !== 'object' || !(name in value)) return value
  const last = depth === path.length - 1
  const changed = last ? BUBBLE : change(value[name], path, nullable, depth + 1)
  if (changed !== BUBBLE) return { ...value, [name]: changed }
  return nullable[depth] ? { ...value, [name]: null } : BUBBLE
}
