/**
 * How much one operation may ask for. Refused before anything is fetched.
 */
import { getOperationAST, getVariableValues } from 'graphql'
import { costOf, shapeOf } from './analysis.js'
import { aboutRequest, refusal, withoutSuggestions } from './errors.js'

export const LIMITS = Object.freeze({
  bodyBytes: 256 * 1024,
  tokens: 4_000,
  depth: 15,
  nesting: 40,
  aliases: 60,
  rootFields: 30,
  fields: 1_000,
  directives: 50,
  pageLength: 100,
  cost: 10_000,
})

/** Codes of graphql-js and of the server library whose text is about the client's own request. */
const INPUT_ERRORS = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_REQUEST'])

/**
 * @param {{ mayIntrospect: boolean }} options
 * @returns {import('@graphql-hive/gateway-runtime').GatewayPlugin<any>}
 */
export function limits({ mayIntrospect }) {
  /** @param {{ args: any }} payload */
  const weigh = ({ args }) => {
    const operation = getOperationAST(args.document, args.operationName)
    if (!operation) return
    const given = args.variableValues ?? {}
    const variables = coerceVariables(args.schema, operation, given, mayIntrospect)
    args.contextValue.call.variables = variables
    const { cost, longestPage } = costOf(args.schema, args.document, operation, variables)
    if (longestPage > LIMITS.pageLength) refuse('first', longestPage, LIMITS.pageLength)
    if (cost > LIMITS.cost) refuse('cost', cost, LIMITS.cost)
  }
  return {
    onParse({ parseFn, setParseFn, context }) {
      setParseFn((source, options) => parseFn(source, { ...options, maxTokens: LIMITS.tokens }))
      return ({ result }) => {
        if (result instanceof Error) throw unreadable(result)
        if (!result) return
        refuseMonsters(result, mayIntrospect)
        if (!getOperationAST(result, context.params?.operationName)) {
          throw refusal('BAD_USER_INPUT', {
            message: aboutRequest('Must provide the name of an operation.'),
          })
        }
      }
    },
    onExecute: weigh,
    onSubscribe: weigh,
  }
}

/** @param {Error} error */
function unreadable(error) {
  return error.message.includes('Parsing aborted')
    ? refusal('QUERY_REFUSED', { extensions: { limit: 'tokens' } })
    : refusal('BAD_USER_INPUT', { message: aboutRequest(error.message) })
}

/**
 * @param {import('graphql').DocumentNode} document
 * @param {boolean} mayIntrospect
 */
function refuseMonsters(document, mayIntrospect) {
  const shape = shapeOf(document)
  if (shape.introspects) {
    if (!mayIntrospect) throw refusal('QUERY_REFUSED', { extensions: { limit: 'introspection' } })
    return
  }
  const counted = /** @type {const} */ (['depth', 'directives', 'aliases', 'rootFields', 'fields', 'nesting'])
  for (const limit of counted) {
    if (shape[limit] > LIMITS[limit]) refuse(limit, shape[limit], LIMITS[limit])
  }
}

/**
 * @param {string} limit
 * @param {number} asked
 * @param {number} allowed
 * @returns {never}
 */
function refuse(limit, asked, allowed) {
  throw refusal('QUERY_REFUSED', {
    ...(limit === 'first' ? { message: `一次最多查询 ${allowed} 条，请把 first 改小。` } : {}),
    extensions: { limit, asked: Number.isFinite(asked) ? asked : 'endless', allowed },
  })
}

/**
 * @param {import('graphql').GraphQLSchema} schema
 * @param {import('graphql').OperationDefinitionNode} operation
 * @param {Record<string, unknown>} given
 * @param {boolean} suggest
 */
function coerceVariables(schema, operation, given, suggest) {
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given, {
    maxErrors: 5,
  })
  if (!errors) return coerced
  const text = errors[0]?.message ?? ''
  const message = aboutRequest(suggest ? text : withoutSuggestions(text))
  throw refusal('BAD_USER_INPUT', { message })
}

/**
 * Whether the text of an error is about what the client itself sent.
 * @param {import('graphql').GraphQLError} error
 */
export function isAboutTheRequest(error) {
  const { code } = error.extensions ?? {}
  return typeof code === 'string' && INPUT_ERRORS.has(code) && !error.originalError
}
