/**
 * What a selection set asks for, its fragments written out.
 */
import { Kind } from 'graphql'

/**
 * @typedef {Map<string, import('graphql').FragmentDefinitionNode>} Fragments
 * @typedef {{ value: import('graphql').ValueNode, excludedBy: boolean }[]} Conditions
 */

/** @type {Record<string, boolean | undefined>} */
const EXCLUDED_BY = { include: false, skip: true }

/**
 * @param {import('graphql').DocumentNode} document
 * @returns {Fragments}
 */
export function fragmentsOf(document) {
  /** @type {Fragments} */
  const fragments = new Map()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  return fragments
}

/**
 * Each field with the type that it is asked of. Only for documents that are valid: a fragment
 * that spreads itself would have no end.
 * @param {import('graphql').SelectionSetNode} selectionSet
 * @param {import('graphql').GraphQLNamedType} type
 * @param {{ schema: import('graphql').GraphQLSchema, fragments: Fragments }} where
 * @param {Conditions} [above] under which the selection set itself is asked for
 * @returns {Generator<{
 *   node: import('graphql').FieldNode, parent: import('graphql').GraphQLNamedType,
 *   conditions: Conditions,
 * }>} conditions: of the field, and of the fragments that it is in
 */
export function* fieldsIn(selectionSet, type, where, above = []) {
  for (const selection of selectionSet.selections) {
    const conditions = [...above, ...conditionsOf(selection)]
    if (selection.kind === Kind.FIELD) {
      yield { node: selection, parent: type, conditions }
      continue
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? where.fragments.get(selection.name.value)
        : selection
    const condition = fragment?.typeCondition?.name.value
    const narrowed = (condition && where.schema.getType(condition)) || type
    if (fragment) yield* fieldsIn(fragment.selectionSet, narrowed, where, conditions)
  }
}

/**
 * @param {import('graphql').SelectionNode} selection
 * @returns {Conditions} its `@include` and `@skip`
 */
function conditionsOf({ directives = [] }) {
  return directives.flatMap(({ name, arguments: given }) => {
    const value = given?.find((argument) => argument.name.value === 'if')?.value
    const excludedBy = EXCLUDED_BY[name.value]
    return value && excludedBy !== undefined ? [{ value, excludedBy }] : []
  })
}

/**
 * Whether something is asked for. What is neither true nor false excludes nothing.
 * @param {Conditions} conditions
 * @param {Record<string, unknown>} variables coerced
 */
export function isAskedFor(conditions, variables) {
  return !conditions.some(({ value, excludedBy }) => valueOf(value, variables) === excludedBy)
}

/** @param {import('graphql').ValueNode} value @param {Record<string, unknown>} variables */
function valueOf(value, variables) {
  if (value.kind === Kind.VARIABLE) return variables[value.name.value]
  return value.kind === Kind.BOOLEAN ? value.value : undefined
}

/**
 * @param {import('graphql').FieldNode} node
 * @param {import('graphql').GraphQLNamedType} parent
 * @returns {import('graphql').GraphQLField<unknown, unknown> | undefined} undefined for `__typename`
 */
export function fieldOf(node, parent) {
  if (!('getFields' in parent)) return undefined
  const field = parent.getFields()[node.name.value]
  return field && 'args' in field ? field : undefined
}

/**
 * The name under which a field is in the answer.
 * @param {import('graphql').FieldNode} node
 */
export function responseName(node) {
  return node.alias?.value ?? node.name.value
}
