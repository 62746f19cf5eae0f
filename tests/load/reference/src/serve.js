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
import { masked } from './errors.js'
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

/**
 * @param {import('./settings.js').Settings} settings
 * @returns {Promise<() => Promise<void>>} ends it
 */
export async function serve(settings) {
  const { client, database } = connect(settings.mongodbUri, settings.mongodbDatabase)
  const jwks = new Jwks(settings.jwksUrl)
  const { tokenIssuer: issuer, tokenAudience: audience } = settings
  const verifier = new TokenVerifier(jwks, { issuer, audience })
  const { resolvers, readsOf } = await roomsOf(settings, database)
  const apollo = apolloServer(schemaOf(settings.service, resolvers))
  apollo.startInBackgroundHandlingStartupErrorsByLoggingAndFailingAllRequests()

  /** @type {import('node:http').RequestListener} */
  const answer = async (request, response) => {
    try {
      if (request.url === '/ready') {
        await database.command({ ping: 1 })
        return end(response, jwks.isReady ? 200 : 503, '{}')
      }
      if (request.method !== 'POST' || request.url !== GRAPH) return end(response, 404, '')
      const body = await read(request)
      const principal = await verifier.authenticate(request.headers.authorization)
      const answered = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers: told(request), search: '', body },
        context: async () => ({ principal, reads: readsOf(principal) }),
      })
      const text = answered.body.kind === 'complete' ? answered.body.string : ''
      end(response, answered.status ?? 200, text, answered.headers.get('content-type'))
    } catch (error) {
      refuse(response, error)
    }
  }
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MILLISECONDS }, answer)
  await jwks.start()
  server.listen(settings.httpPort, settings.httpHost)
  await once(server, 'listening')
  return async () => {
    jwks.stop()
    server.close()
    server.closeIdleConnections()
    await once(server, 'close')
    await apollo.stop()
    await client.close()
  }
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
 * @param {import('node:http').ServerResponse} response
 * @param {unknown} error
 */
function refuse(response, error) {
  if (error instanceof RangeError) return end(response, 413, '')
  if (error instanceof SyntaxError) return end(response, 400, '')
  if (error instanceof GraphQLError) {
    return end(response, 200, JSON.stringify({ data: null, errors: [error] }))
  }
  end(response, 503, '')
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} text
 * @param {string} [type]
 */
function end(response, status, text, type = JSON_TYPE) {
  const length = Buffer.byteLength(text)
  response.writeHead(status, { 'content-type': type, 'content-length': length }).end(text)
}
