/**
 * Apollo Server over bare `node:http`: nothing between the socket and the server.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { ApolloServer, HeaderMap } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { GraphQLError } from 'graphql'
import { masked, refusal } from './errors.js'
import { Jwks } from './jwks.js'
import { schemaOf } from './schema.js'
import { connect } from './store.js'
import { TokenVerifier } from './tokens.js'

const GRAPH = '/graphql'
const LARGEST_BODY_BYTES = 1_048_576
/** Longer than the gateway leaves a connection idle. */
const KEEP_ALIVE_MILLISECONDS = 65_000
const TOKENS = 2_000
const JSON_TYPE = 'application/json; charset=utf-8'

/** @typedef {{ status: number, text?: string, type?: string | undefined }} Answer */

/**
 * @param {import('./settings.js').Settings} settings
 * @returns {Promise<() => Promise<void>>} ends it: what was begun is answered
 */
export async function serve(settings) {
  const { client, database } = connect(settings.mongodbUri, settings.mongodbDatabase)
  const jwks = new Jwks(settings.jwksUrl)
  const graph = await graphOf(settings, database, jwks)

  const server = createServer((request, response) => {
    const answering = request.url === '/ready' ? readiness(database, jwks) : graph.answer(request)
    void answering.catch(refusalOf).then((answer) => {
      if (!server.listening) response.setHeader('connection', 'close') // it is ending
      end(response, answer)
    })
  })
  server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS
  await jwks.start()
  server.listen(settings.httpPort, settings.httpHost)
  await once(server, 'listening')
  return async () => {
    jwks.stop()
    server.close()
    server.closeIdleConnections()
    await once(server, 'close')
    await graph.stop()
    await client.close()
  }
}

/**
 * @param {import('mongodb').Db} database
 * @param {Jwks} jwks
 * @returns {Promise<Answer>}
 */
async function readiness(database, jwks) {
  await database.command({ ping: 1 })
  return { status: jwks.isReady ? 200 : 503 }
}

/**
 * @param {import('./settings.js').Settings} settings
 * @param {import('mongodb').Db} database
 * @param {Jwks} jwks
 */
async function graphOf(settings, database, jwks) {
  const { tokenIssuer: issuer, tokenAudience: audience } = settings
  const verifier = new TokenVerifier(jwks, { issuer, audience })
  const { resolvers, readsOf } = await roomsOf(settings, database)
  const apollo = apolloServer(schemaOf(settings.service, resolvers))
  await apollo.start()

  /**
   * @param {import('node:http').IncomingMessage} request
   * @returns {Promise<Answer>}
   */
  const answer = async (request) => {
    if (request.method !== 'POST' || request.url !== GRAPH) return { status: 404 }
    const body = await read(request)
    const principal = await verifier.authenticate(authorizationOf(request))
    const answered = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers: told(request), search: '', body },
      context: async () => ({ principal, reads: readsOf(principal) }),
    })
    return {
      status: answered.status ?? 200,
      text: answered.body.kind === 'complete' ? answered.body.string : '',
      type: answered.headers.get('content-type'),
    }
  }
  return { answer, stop: () => apollo.stop() }
}

/**
 * @param {import('./settings.js').Settings} settings
 * @param {import('mongodb').Db} database
 * @returns {Promise<import('./schema.js').Rooms>}
 */
async function roomsOf(settings, database) {
  const { rooms } = await import(`./services/${settings.service}.js`)
  return rooms(database, settings)
}

/** @param {import('graphql').GraphQLSchema} schema */
function apolloServer(schema) {
  return new ApolloServer({
    schema,
    introspection: false,
    csrfPrevention: false, // behind the gateway; what is not JSON is refused
    includeStacktraceInErrorResponses: false,
    formatError: masked,
    parseOptions: { maxTokens: TOKENS },
    persistedQueries: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  })
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @throws {GraphQLError} UNAUTHENTICATED for two, of which another might believe the other
 */
function authorizationOf({ headersDistinct }) {
  const [authorization, ...others] = headersDistinct['authorization'] ?? []
  if (others.length > 0) throw refusal('UNAUTHENTICATED')
  return authorization
}

/**
 * The headers that Apollo Server looks at.
 * @param {import('node:http').IncomingMessage} request
 */
function told({ headers }) {
  const found = new HeaderMap()
  if (headers['content-type']) found.set('content-type', headers['content-type'])
  if (headers.accept) found.set('accept', headers.accept)
  return found
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<any>} what its JSON says; rejects with a RangeError or a SyntaxError
 */
function read(request) {
  return new Promise((resolve, reject) => {
    /** @type {Buffer[]} */
    const chunks = []
    let bytes = 0
    request.on('data', (chunk) => {
      bytes += chunk.length
      if (bytes > LARGEST_BODY_BYTES) reject(new RangeError('the body is too large'))
      else chunks.push(chunk)
    })
    request.on('error', reject)
    request.on('end', () => {
      try {
        resolve(JSON.parse(String(Buffer.concat(chunks))))
      } catch (error) {
        reject(error)
      }
    })
  })
}

/**
 * @param {unknown} error
 * @returns {Answer}
 */
function refusalOf(error) {
  if (error instanceof RangeError) return { status: 413 }
  if (error instanceof SyntaxError) return { status: 400 }
  if (!(error instanceof GraphQLError)) return { status: 503 }
  return { status: 200, text: JSON.stringify({ data: null, errors: [error] }) }
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Answer} answer
 */
function end(response, { status, text = '', type = JSON_TYPE }) {
  const length = Buffer.byteLength(text)
  response.writeHead(status, { 'content-type': type, 'content-length': length }).end(text)
}
