#!/usr/bin/env node
/**
 * Compose the services' schemas into the supergraph.
 *
 *   node compose.mjs             write supergraph.graphql and schema.graphql, what clients see of it
 *   node compose.mjs --check     exit 1 if those that are there are not what the services compose to
 *   node compose.mjs --publish   write published.graphql too: from then on it is promised to clients
 *
 * services.json lists the services and where each is on a developer's machine; `<NAME>_URL`
 * replaces that where the gateway runs.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { compositionHasErrors, composeServices, sortSDL } from '@theguild/federation-composition'
import { parse, print } from 'graphql'

const gateway = path.dirname(fileURLToPath(import.meta.url))
const HEADER = '# Composed from services/*/schema.graphql by `make generate`. Not edited by hand.\n\n'

/**
 * @param {string} servicesFile names and addresses
 * @param {(name: string) => string} schemaFile
 * @returns {{ supergraph: string, schema: string }} what the gateway reads, and what clients see
 * @throws {Error} with every reason why they do not compose, one a line
 */
export function compose(servicesFile, schemaFile) {
  /** @type {Record<string, string>} */
  const services = JSON.parse(readFileSync(servicesFile, 'utf8'))
  const result = composeServices(
    Object.entries(services)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, url]) => ({ name, url, typeDefs: readSchema(name, schemaFile(name)) })),
  )
  if (compositionHasErrors(result)) {
    throw new Error(result.errors.map(({ message }) => message).join('\n'))
  }
  return {
    supergraph: textOf(result.supergraphDocumentNode),
    schema: textOf(result.publicDocumentNode),
  }
}

/** @param {import('graphql').DocumentNode} document */
function textOf(document) {
  return `${HEADER}${print(sortSDL(document)).trimEnd()}\n`
}

/** @param {string} name @param {string} file */
function readSchema(name, file) {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : error
    throw new Error(`${name}: ${file}: ${reason}`, { cause: error })
  }
}

function main() {
  const { supergraph, schema } = compose(path.join(gateway, 'services.json'), (name) =>
    path.join(gateway, '..', 'services', name, 'schema.graphql'),
  )
  const check = process.argv.includes('--check')
  const files = { 'supergraph.graphql': supergraph, 'schema.graphql': schema }
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(gateway, name)
    if (!check) writeFileSync(file, text)
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
      throw new Error(`gateway/${name} is stale: run \`make generate\``)
    }
  }
  if (process.argv.includes('--publish')) {
    writeFileSync(path.join(gateway, 'published.graphql'), schema)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main()
  } catch (error) {
    process.stderr.write(`compose: ${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
  }
}
