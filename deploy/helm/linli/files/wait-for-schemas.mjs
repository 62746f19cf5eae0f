/**
 * Wait until every Pod of every api serves what this image's supergraph asks of its service.
 *
 * A new gateway that asks an old service for a new field would fail its requests; old gateways go
 * on meanwhile. A service with no Pod that answers holds nothing up: it costs its own fields only.
 * Environment: GATEWAY_FOLDER, and NAME_URL for each service, as the gateway has it.
 */
import { resolve4, resolve6 } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const GATEWAY_FOLDER = process.env.GATEWAY_FOLDER ?? '/app/gateway'
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
  const found = await Promise.allSettled([resolve4(`${host}-pods`), resolve6(`${host}-pods`)])
  const [four, six] = found.map((one) => (one.status === 'fulfilled' ? one.value : []))
  return four.length > 0 ? four : six.map((address) => `[${address}]`)
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

/** Why the gateway must not start yet: one line a Pod that is behind. */
async function behind(byGraph) {
  const lines = []
  for (const [graph, places] of byGraph) {
    const url = new URL(process.env[`${graph}_URL`])
    const host = url.hostname
    for (const address of await addresses(host)) {
      url.hostname = address
      const sdl = await schemaOf(url.href)
      const lacking = sdl === null ? [] : missing(places, sdl)
      if (lacking.length > 0) lines.push(`${host} at ${address} lacks ${lacking.join(', ')}`)
    }
  }
  return lines
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
