/**
 * What the supergraph says about who may read: `@authenticated` and `@requiresScopes`, by type
 * and by field.
 */
import { Kind, parse } from 'graphql'

/**
 * @typedef {object} Rule
 * @property {string[][] | null} scopes one of these lists must be had whole; null: any identity will do
 */

/** @typedef {Map<string, Rule[]>} Rules by `Type` and by `Type.field` */

/**
 * @param {string} sdl
 * @returns {Rules}
 */
export function rulesOf(sdl) {
  /** @type {Rules} */
  const rules = new Map()
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if (!('name' in definition) || !definition.name || !('directives' in definition)) continue
    const type = definition.name.value
    note(rules, type, definition.directives)
    if (!('fields' in definition)) continue
    for (const field of definition.fields ?? []) {
      note(rules, `${type}.${field.name.value}`, field.directives)
    }
  }
  return rules
}

/**
 * @param {Rules} rules
 * @param {string} coordinate
 * @param {readonly import('graphql').DirectiveNode[] | undefined} directives
 */
function note(rules, coordinate, directives) {
  /** @type {Rule[]} */
  const found = []
  for (const directive of directives ?? []) {
    // A subgraph that does not import the name has it with the namespace in front.
    const name = directive.name.value.replace(/^.*__/, '')
    if (name === 'authenticated') found.push({ scopes: null })
    if (name === 'requiresScopes') found.push({ scopes: scopesOf(directive) })
  }
  if (found.length > 0) rules.set(coordinate, found)
}

/** @param {import('graphql').DirectiveNode} directive @returns {string[][]} */
function scopesOf(directive) {
  const value = directive.arguments?.find(({ name }) => name.value === 'scopes')?.value
  const lists = value?.kind === Kind.LIST ? value.values : []
  return lists.map((list) =>
    (list.kind === Kind.LIST ? list.values : [list]).map((scope) =>
      scope.kind === Kind.STRING ? scope.value : '',
    ),
  )
}

/**
 * @param {Rule} rule
 * @param {import('./identity.js').Identity | null} identity
 */
export function isSatisfied({ scopes }, identity) {
  if (!identity) return false
  return scopes === null || scopes.some((all) => all.every((one) => identity.scope.includes(one)))
}
