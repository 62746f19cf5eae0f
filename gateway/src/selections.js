/**
 * What a selection set asks for, its fragments written out.
 */
import { Kind } from 'graphql'

/** @typedef {Map<string, import('graphql').FragmentDefinitionNode>} Fragments */

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
 * @returns {Generator<{ node: import('graphql').FieldNode, parent: import('graphql').GraphQLNamedType }>}
 */
export function* fieldsIn(selectionSet, type, where) {
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FIELD) {
      yield { node: selection, parent: type }
      continue
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? where.fragments.get(selection.name.value)
        : selection
    const condition = fragment?.typeCondition?.name.value
    const narrowed = (condition && where.schema.getType(condition)) || type
    if (fragment) yield* fieldsIn(fragment.selectionSet, narrowed, where)
  }
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
