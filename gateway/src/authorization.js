/**
 * A field that its asker may not read is null and an error; the rest of the answer stands. A
 * mutation or subscription that is refused is not begun.
 *
 * Whom a document needs is worked out once; a caller who may read all of it costs a few
 * comparisons. For another, each refused field is asked for as `__typename` under its own name,
 * and made null in the answer: so its neighbours, their lists and their nulls are as they would
 * be, and the document that remains is kept, so that it is planned once.
 */
import { getNamedType, getOperationAST, isAbstractType, isNonNullType, Kind, visit } from 'graphql'
import { refusal } from './errors.js'
import { isIterable, mapped } from './iterators.js'
import { emptyData, withNullAt } from './nulls.js'
import { isSatisfied } from './rules.js'
import { fieldOf, fieldsIn, fragmentsOf, isAskedFor, responseName } from './selections.js'

/**
 * @typedef {object} Guarded
 * @property {import('graphql').FieldNode} node
 * @property {string[]} path of response names, lists left out
 * @property {boolean[]} nullable of each name in `path`
 * @property {import('./rules.js').Rule[]} rules
 * @property {import('./selections.js').Conditions} conditions its own, and of all that it is in
 */

/**
 * @typedef {object} Plan
 * @property {Guarded[]} guarded
 * @property {{ path: string[], conditions: import('./selections.js').Conditions }[]} roots
 * @property {string} kind query, mutation or subscription
 * @property {Map<string, import('graphql').DocumentNode>} remainders by the refused fields
 */

/** @typedef {import('@graphql-hive/gateway-runtime').GatewayPlugin<any>} Plugin */

/**
 * @param {import('./rules.js').Rules} rules
 * @returns {Plugin}
 */
export function authorization(rules) {
  /** @type {WeakMap<import('graphql').DocumentNode, Map<string, Plan>>} */
  const plans = new WeakMap()

  /** @param {any} args @returns {Plan} */
  const planFor = (args) => {
    const byName = plans.get(args.document) ?? new Map()
    plans.set(args.document, byName)
    const name = args.operationName ?? ''
    const plan = byName.get(name) ?? createPlan(rules, args)
    byName.set(name, plan)
    return plan
  }

  /** @param {any} args @param {(result: any) => void} stop */
  const cutOut = (args, stop) => {
    const plan = planFor(args)
    const { identity, variables } = args.contextValue.call
    /** @param {{ path: string[], conditions: import('./selections.js').Conditions }} field */
    const isAsked = ({ path, conditions }) =>
      // What a subscription is to is not made conditional: engines differ in what they make of that.
      (plan.kind === 'subscription' && path.length === 1) || isAskedFor(conditions, variables)
    const refused = outermost(
      plan.guarded.filter(
        (field) => isAsked(field) && !field.rules.every((rule) => isSatisfied(rule, identity)),
      ),
    )
    if (refused.length === 0) return null
    const code = identity ? 'FORBIDDEN' : 'UNAUTHENTICATED'
    const errors = refused.map(({ path }) => refusal(code, { path }))
    const atRoot = new Set(refused.filter(({ path }) => path.length === 1).map(({ path }) => path[0]))
    const asked = new Set(plan.roots.filter(isAsked).map(({ path }) => path[0]))
    if (atRoot.size === asked.size || (atRoot.size > 0 && plan.kind !== 'query')) {
      stop({ data: emptyData(args.schema, args.document, args.operationName, variables), errors })
      return null
    }
    args.document = remainderOf(args.document, plan, refused)
    return (/** @type {any} */ result) => withhold(result, refused, errors)
  }

  return {
    onExecute({ args, setResultAndStopExecution }) {
      const withhold = cutOut(args, setResultAndStopExecution)
      if (!withhold) return undefined
      return {
        onExecuteDone({ result, setResult }) {
          setResult(withhold(result))
        },
      }
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const withhold = cutOut(args, setResultAndStopExecution)
      if (!withhold) return undefined
      return {
        onSubscribeResult({ result, setResult }) {
          setResult(
            isIterable(result)
              ? mapped(result, withhold, (error) => {
                  throw error
                })
              : withhold(result),
          )
        },
      }
    },
  }
}

/**
 * @param {import('./rules.js').Rules} rules
 * @param {any} args
 * @returns {Plan}
 */
function createPlan(rules, { schema, document, operationName }) {
  const operation = getOperationAST(document, operationName)
  const root = operation && schema.getRootType(operation.operation)
  /** @type {Plan} */
  const plan = { guarded: [], roots: [], kind: operation?.operation ?? 'query', remainders: new Map() }
  if (!operation || !root) return plan
  const survey = { schema, rules, fragments: fragmentsOf(document), guarded: plan.guarded }
  for (const { node, conditions } of fieldsIn(operation.selectionSet, root, survey)) {
    plan.roots.push({ path: [responseName(node)], conditions })
  }
  walk(survey, operation.selectionSet, root, { path: [], nullable: [], conditions: [] })
  return plan
}

/**
 * @typedef {object} Survey
 * @property {import('graphql').GraphQLSchema} schema
 * @property {import('./rules.js').Rules} rules
 * @property {import('./selections.js').Fragments} fragments
 * @property {Guarded[]} guarded what was found
 */

/**
 * @param {Survey} survey
 * @param {import('graphql').SelectionSetNode} selectionSet
 * @param {import('graphql').GraphQLNamedType} type
 * @param {Pick<Guarded, 'path' | 'nullable' | 'conditions'>} above
 */
function walk(survey, selectionSet, type, above) {
  const fields = fieldsIn(selectionSet, type, survey, above.conditions)
  for (const { node, parent, conditions } of fields) {
    const field = fieldOf(node, parent)
    if (!field) continue
    const here = {
      path: [...above.path, responseName(node)],
      nullable: [...above.nullable, !isNonNullType(field.type)],
      conditions,
    }
    const found = getNamedType(field.type)
    const rules = rulesFor(survey, parent, field.name, found.name)
    if (rules.length > 0) survey.guarded.push({ node, rules, ...here })
    if (node.selectionSet) walk(survey, node.selectionSet, found, here)
  }
}

/**
 * @param {Survey} survey
 * @param {import('graphql').GraphQLNamedType} parent
 * @param {string} field
 * @param {string} type that the field returns
 */
function rulesFor({ schema, rules }, parent, field, type) {
  // Whatever object an interface turns out to be, its own rules hold.
  const parents = isAbstractType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent]
  const coordinates = parents.flatMap(({ name }) => [name, `${name}.${field}`])
  return [...coordinates, type].flatMap((coordinate) => rules.get(coordinate) ?? [])
}

/**
 * A field within a refused one needs no error of its own.
 * @param {Guarded[]} refused
 */
function outermost(refused) {
  const paths = new Set(refused.map(({ path }) => path.join('.')))
  return refused.filter(
    ({ path }) => !path.some((_, length) => length > 0 && paths.has(path.slice(0, length).join('.'))),
  )
}

/**
 * @param {import('graphql').DocumentNode} document
 * @param {Plan} plan
 * @param {Guarded[]} refused
 */
function remainderOf(document, plan, refused) {
  const key = refused.map((field) => plan.guarded.indexOf(field)).join()
  const known = plan.remainders.get(key)
  if (known) return known
  const nodes = new Map(refused.map(({ node, path }) => [node, path.at(-1) ?? '']))
  const remainder = visit(document, {
    Field(node) {
      const name = nodes.get(node)
      if (name === undefined) return undefined
      return {
        kind: Kind.FIELD,
        alias: { kind: Kind.NAME, value: name },
        name: { kind: Kind.NAME, value: '__typename' },
        // Where it is asked for twice, it may be asked for under one condition only.
        directives: node.directives ?? [],
      }
    },
  })
  plan.remainders.set(key, remainder)
  return remainder
}

/**
 * @param {any} result
 * @param {Guarded[]} refused
 * @param {import('graphql').GraphQLError[]} errors
 */
function withhold(result, refused, errors) {
  const data = refused.reduce(
    (rest, { path, nullable }) => withNullAt(rest, path, nullable),
    result.data,
  )
  return { ...result, data, errors: [...(result.errors ?? []), ...errors] }
}
