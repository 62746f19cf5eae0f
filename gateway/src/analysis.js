/**
 * What a document asks for, measured once and remembered with it.
 */
import { getNamedType, getNullableType, isListType, Kind, valueFromASTUntyped } from 'graphql'
import { fieldOf, fieldsIn, fragmentsOf } from './selections.js'

const ASSUMED_LIST_LENGTH = 10
const ASSUMED_PAGE_LENGTH = 20
export const INTROSPECTION = new Set(['__schema', '__type'])

/**
 * @typedef {object} Shape
 * @property {number} depth fields in fields
 * @property {number} nesting selections in selections, fragments included
 * @property {number} aliases
 * @property {number} rootFields
 * @property {number} fields with every fragment written out where it is spread
 * @property {number} directives
 * @property {boolean} introspects
 */

/** @type {WeakMap<import('graphql').DocumentNode, Shape>} */
const shapes = new WeakMap()

/**
 * Needs no schema, so that a monstrous document is refused before it is validated.
 * Fragments are followed where they are spread; one that spreads itself counts as endless.
 * @param {import('graphql').DocumentNode} document
 * @returns {Shape}
 */
export function shapeOf(document) {
  const known = shapes.get(document)
  if (known) return known
  const fragments = fragmentsOf(document)
  /** @type {Map<string, Shape>} */
  const measured = new Map()
  const shape = emptyShape()
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const found = measure(definition.selectionSet, fragments, measured, new Set())
    add(shape, found, 0)
    shape.rootFields += definition.selectionSet.selections.length
  }
  shapes.set(document, shape)
  return shape
}

/** @returns {Shape} */
function emptyShape() {
  return { depth: 0, nesting: 0, aliases: 0, rootFields: 0, fields: 0, directives: 0, introspects: false }
}

/** @param {Shape} sum @param {Shape} part @param {number} below levels between the two */
function add(sum, part, below) {
  sum.depth = Math.max(sum.depth, part.depth + below)
  sum.nesting = Math.max(sum.nesting, part.nesting + 1)
  sum.aliases += part.aliases
  sum.fields += part.fields
  sum.directives += part.directives
  sum.introspects ||= part.introspects
}

/**
 * @param {import('graphql').SelectionSetNode} selectionSet
 * @param {import('./selections.js').Fragments} fragments
 * @param {Map<string, Shape>} measured a fragment is walked once however often it is spread
 * @param {Set<string>} inside
 * @returns {Shape}
 */
function measure(selectionSet, fragments, measured, inside) {
  const shape = emptyShape()
  for (const selection of selectionSet.selections) {
    shape.directives += selection.directives?.length ?? 0
    if (selection.kind === Kind.FIELD) {
      if (selection.alias) shape.aliases += 1
      if (INTROSPECTION.has(selection.name.value)) shape.introspects = true
      shape.fields += 1
      shape.depth = Math.max(shape.depth, 1)
      if (selection.selectionSet) {
        add(shape, measure(selection.selectionSet, fragments, measured, inside), 1)
      }
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      add(shape, measure(selection.selectionSet, fragments, measured, inside), 0)
    } else {
      add(shape, measureSpread(selection.name.value, fragments, measured, inside), 0)
    }
  }
  return shape
}

/**
 * @param {string} name
 * @param {import('./selections.js').Fragments} fragments
 * @param {Map<string, Shape>} measured
 * @param {Set<string>} inside
 * @returns {Shape}
 */
function measureSpread(name, fragments, measured, inside) {
  const known = measured.get(name)
  if (known) return known
  const fragment = fragments.get(name)
  if (!fragment) return emptyShape()
  if (inside.has(name)) return { ...emptyShape(), depth: Infinity, nesting: Infinity }
  const shape = measure(fragment.selectionSet, fragments, measured, new Set([...inside, name]))
  measured.set(name, shape)
  return shape
}

/**
 * @typedef {object} Cost
 * @property {number} cost objects that the answer may hold
 * @property {number} longestPage the greatest `first` or `last` that is asked for
 */

/**
 * Count the objects that an answer may hold: one for each composite field, times the length of
 * every list that it is in. A connection is as long as its `first`; other lists are guessed.
 * @param {import('graphql').GraphQLSchema} schema
 * @param {import('graphql').DocumentNode} document
 * @param {import('graphql').OperationDefinitionNode} operation
 * @param {Record<string, unknown>} variables coerced
 * @returns {Cost}
 */
export function costOf(schema, document, operation, variables) {
  const root = schema.getRootType(operation.operation)
  const counter = { fragments: fragmentsOf(document), schema, variables, longestPage: 0 }
  const cost = root ? costOfSelections(operation.selectionSet, root, false, counter) : 0
  return { cost, longestPage: counter.longestPage }
}

/**
 * @typedef {object} Counter
 * @property {import('./selections.js').Fragments} fragments
 * @property {import('graphql').GraphQLSchema} schema
 * @property {Record<string, unknown>} variables
 * @property {number} longestPage
 */

/**
 * @param {import('graphql').SelectionSetNode} selectionSet
 * @param {import('graphql').GraphQLNamedType} type
 * @param {boolean} counted whether the lists directly below are already counted by a page length
 * @param {Counter} counter
 * @returns {number}
 */
function costOfSelections(selectionSet, type, counted, counter) {
  let cost = 0
  for (const { node, parent } of fieldsIn(selectionSet, type, counter)) {
    cost += costOfField(node, parent, counted, counter)
  }
  return cost
}

/**
 * @param {import('graphql').FieldNode} node
 * @param {import('graphql').GraphQLNamedType} parent
 * @param {boolean} counted
 * @param {Counter} counter
 * @returns {number}
 */
function costOfField(node, parent, counted, counter) {
  const field = fieldOf(node, parent)
  if (!field || !node.selectionSet) return 0
  const type = getNamedType(field.type)
  const page = pageLength(node, field, counter.variables)
  if (page !== null) {
    counter.longestPage = Math.max(counter.longestPage, page)
    return 1 + page * costOfSelections(node.selectionSet, type, true, counter)
  }
  const list = isListType(getNullableType(field.type)) && !counted
  const length = list ? ASSUMED_LIST_LENGTH : 1
  return length * (1 + costOfSelections(node.selectionSet, type, false, counter))
}

/**
 * @param {import('graphql').FieldNode} node
 * @param {import('graphql').GraphQLField<unknown, unknown>} field
 * @param {Record<string, unknown>} variables
 * @returns {number | null} null: the field has no pages
 */
function pageLength(node, field, variables) {
  const paged = field.args.filter(({ name }) => name === 'first' || name === 'last')
  if (paged.length === 0) return null
  const asked = paged
    .map(({ name, defaultValue }) => {
      const given = node.arguments?.find((argument) => argument.name.value === name)
      return given ? valueFromASTUntyped(given.value, variables) : defaultValue
    })
    .filter((length) => typeof length === 'number')
  return asked.length > 0 ? Math.max(...asked) : ASSUMED_PAGE_LENGTH
}
