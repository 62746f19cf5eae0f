/**
 * The one place that builds objects: from settings to a gateway that serves.
 */
import { once } from 'node:events'
import { Admission } from './admission.js'
import { drain } from './drain.js'
import { Identities } from './identity.js'
import { Jwks } from './jwks.js'
import { createLog } from './log.js'
import { Metrics } from './metrics.js'
import { Places } from './places.js'
import { Revocations } from './revocations.js'
import { addressOf, createCall, createServer } from './server.js'
import { createSockets } from './sockets.js'
import { Streams } from './streams.js'
import { Supergraphs } from './supergraphs.js'
import { Upgrades } from './upgrades.js'

/**
 * @typedef {object} Gateway
 * @property {number} port
 * @property {() => Promise<unknown>} reload
 * @property {() => number} enginesLeaving of supergraphs that were replaced
 * @property {() => Promise<void>} stop lets what is in flight finish
 */

/**
 * @param {import('./settings.js').Settings} settings
 * @param {import('./log.js').Log} [log]
 * @param {() => number} [now] milliseconds, monotonic: by which requests are counted
 * @returns {Promise<Gateway>} once it listens; ready a little later, if residents is away
 * @throws {import('./supergraph.js').SupergraphError}
 */
export async function startGateway(
  settings,
  log = createLog(settings.logLevel),
  now = () => performance.now(),
) {
  const metrics = new Metrics()
  const production = settings.environment === 'production'
  const anonymousSeconds = production ? settings.anonymousSocketSeconds : null
  const streams = new Streams({ metrics, log, anonymousSeconds })
  const places = new Places(settings.socketsPerAddress)
  const directory = settings.stateDirectory
  const jwks = new Jwks({ url: settings.jwksUrl, directory, log })
  const revocations = new Revocations({
    url: settings.revocationsUrl,
    directory,
    pollSeconds: settings.revocationPollSeconds,
    log,
  })
  const identities = new Identities({
    jwks,
    revocations,
    issuer: settings.tokenIssuer,
    audience: settings.tokenAudience,
    log,
  })
  const admission = new Admission({
    persistedOnly: production,
    requestsPerMinute: settings.requestsPerMinute,
    anonymousRequestsPerMinute: settings.anonymousRequestsPerMinute,
    now,
  })
  const supergraphs = new Supergraphs({ settings, log, metrics, admission, streams, places })
  await supergraphs.start()

  let stopping = false
  const server = createServer({
    settings,
    log,
    metrics,
    supergraphs,
    identities,
    stopping: () => stopping,
    missing: () => [...(jwks.ready ? [] : ['jwks']), ...(stopping ? ['stopping'] : [])],
  })
  const sockets = createSockets({
    supergraphs,
    identities,
    streams,
    admission,
    subscriptionsPerSocket: settings.subscriptionsPerSocket,
    log,
    createCall: (request) => createCall(settings, log, request, 'ws'),
  })
  const upgrades = new Upgrades({
    sockets,
    places,
    stopping: () => stopping,
    addressOf: (request) => addressOf(request, settings.trustedProxies),
  })
  server.on('upgrade', upgrades.take)
  revocations.onAnswer((isRevoked) => streams.endRevoked(isRevoked))
  watch(metrics, { jwks, revocations, streams, supergraphs })

  server.listen(settings.httpPort, settings.httpHost)
  await once(server, 'listening')
  await Promise.all([jwks.start(), revocations.start()])
  const address = /** @type {import('node:net').AddressInfo} */ (server.address())
  log.info({ port: address.port, environment: settings.environment }, 'gateway started')
  return {
    port: address.port,
    reload: () => supergraphs.reload(),
    enginesLeaving: () => supergraphs.leaving,
    async stop() {
      if (stopping) return
      stopping = true
      log.info('gateway stopping')
      await drain({ server, sockets, upgrades, streams, seconds: settings.drainSeconds, log })
      jwks.stop()
      revocations.stop()
      await supergraphs.stop()
      log.info('gateway stopped')
    },
  }
}

/**
 * @param {Metrics} metrics
 * @param {{ jwks: Jwks, revocations: Revocations, streams: Streams, supergraphs: Supergraphs }} watched
 */
function watch(metrics, { jwks, revocations, streams, supergraphs }) {
  const age = (/** @type {number | null} */ at) => (at === null ? null : (Date.now() - at) / 1000)
  metrics.watch({
    gateway_jwks_age_seconds: {
      help: 'Time since the keys were last fetched',
      value: () => age(jwks.fetchedAt),
    },
    gateway_revocations_age_seconds: {
      help: 'Time since residents last answered which sessions are revoked',
      value: () => age(revocations.answeredAt),
    },
    gateway_streams_open: { help: 'Open sockets and event streams', value: () => streams.size },
    gateway_engines_leaving: {
      help: 'Engines of replaced supergraphs that something still runs on',
      value: () => supergraphs.leaving,
    },
    gateway_supergraph_age_seconds: {
      help: 'Time since the supergraph in use was loaded',
      value: () => age(supergraphs.loadedAt),
    },
  })
}
