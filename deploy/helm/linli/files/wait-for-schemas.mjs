/**
 * Wait until every Pod of every api serves what this image's supergraph asks of its service.
 *
 * A new gateway that asks an old service for a new field would fail its requests; old gateways go
 * on meanwhile. A service without a Pod that is ready holds nothing up: it costs its own fields only.
 * Environment: GATEWAY_FOLDER; NAME_URL for each service, as the gateway has it; PODS_SUFFIX, what
 * makes the name of an api that of its single Pods.
 */
import { lookup } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const GATEWAY_FOLDER = process.env.GATEWAY_FOLDER ?? '/app/gateway'
const PODS_SUFFIX = process.env.PODS_SUFFIX ?? ''
const AGAIN_AFTER_MILLISECONDS = 1000
const ANSWER_WITHIN_MILLISECONDS = 5000
const SDL = JSON.stringify({ query: '{ _service { sdl } }' })

const { Kind, parse } = createRequire(path.join(GATEWAY_FOLDER, 'package.json'))('graphql')

const argument = (directive, name) =>
  directive.arguments?.find((one) => one.name.value === name)?.value.value

const directives = (node, name) => node.directives.filter((one) => one.name.value === name)

/** Every `Type.field(argument)`, enum value and input field that one service must have, by graph. */
export function asked(supergraph) {
  /** @type {Map<string, Set<string>>} */
  const byGraph = new Map()
  const ask = (graph, place) => {
    if (!byGraph.has(graph)) byGraph.set(graph, new Set())
    byGraph.get(graph).add(place)
  }
  for (const type of parse(supergraph, { noLocation: true }).definitions) {
    if (!('name' in type) || type.kind === Kind.DIRECTIVE_DEFINITION) continue
    const graphs = new Set(directives(type, 'join__type').map((one) => argument(one, 'graph')))
    for (const field of type.fields ?? []) {
      const joins = directives(field, 'join__field')
      const owners = joins
        .filter((one) => argument(one, 'graph') && argument(one, 'external') !== true)
        .map((one) => argument(one, 'graph'))
      for (const graph of joins.length > 0 ? owners : graphs) {
        for (const place of placesOf(type, field)) ask(graph, place)
      }
    }
    for (const value of type.values ?? []) {
      for (const join of directives(value, 'join__enumValue')) {
        ask(argument(join, 'graph'), `${type.name.value}.${value.name.value}`)
      }
    }
  }
  return byGraph
}

function* placesOf(type, field) {
  const place = `${type.name.value}.${field.name.value}`
  yield place
  for (const one of field.arguments ?? []) yield `${place}(${one.name.value})`
}

/** Every place of a service's own schema. */
export function served(sdl) {
  const places = new Set()
  for (const type of parse(sdl, { noLocation: true }).definitions) {
    for (const field of type.fields ?? []) {
      for (const place of placesOf(type, field)) places.add(place)
    }
    for (const value of type.values ?? []) places.add(`${type.name.value}.${value.name.value}`)
  }
  return places
}

/** What is asked of a service and not served by it, sorted. */
export function missing(places, sdl) {
  const known = served(sdl)
  return [...places].filter((place) => !known.has(place)).sort()
}

/** The addresses of an api's Pods that are ready; none when it has none. */
async function addresses(host) {
  // Not dns.resolve: it does not know the search domains of the cluster.
  const found = await lookup(`${host}${PODS_SUFFIX}`, { all: true }).catch(() => [])
  return found.map(({ address, family }) => (family === 6 ? `[${address}]` : address))
}

/** A Pod's schema, or null when it does not answer. */
async function schemaOf(url) {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: SDL,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MILLISECONDS),
    })
    return (await answer.json()).data?._service?.sdl ?? null
  } catch {
    return null
  }
}

/** What holds one service up: a line for each Pod that is behind or silent. */
async function behindIn(graph, places) {
  const url = new URL(process.env[`${graph}_URL`])
  const host = url.hostname
  const lines = []
  for (const address of await addresses(host)) {
    url.hostname = address
    const sdl = await schemaOf(url.href)
    // One that is away for good is soon no longer among those that are ready.
    if (sdl === null) lines.push(`${host} at ${address} does not answer`)
    const lacking = sdl === null ? [] : missing(places, sdl)
    if (lacking.length > 0) lines.push(`${host} at ${address} lacks ${lacking.join(', ')}`)
  }
  return lines
}

/** Why the gateway must not start yet: nothing where it may. */
async function behind(byGraph) {
  const lines = await Promise.all([...byGraph].map(([graph, places]) => behindIn(graph, places)))
  return lines.flat().sort()
}

async function main() {
  const byGraph = asked(readFileSync(path.join(GATEWAY_FOLDER, 'supergraph.graphql'), 'utf8'))
  let said = ''
  for (;;) {
    const lines = await behind(byGraph)
    if (lines.length === 0) break
    if (lines.join() !== said) process.stdout.write(`${lines.join('\n')}\n`)
    said = lines.join()
    await sleep(AGAIN_AFTER_MILLISECONDS)
  }
  process.stdout.write('every service serves what the supergraph asks\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // An init container is the first process: nobody else would end it.
  process.on('SIGTERM', () => process.exit(0))
  await main()
}
