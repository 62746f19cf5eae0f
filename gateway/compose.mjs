#!/usr/bin/env node
/**
 * Compose the services' schemas into the supergraph.
 *
 *   node compose.mjs           write supergraph.graphql
 *   node compose.mjs --check   exit 1 if the one that is there is not what they compose to
 *
 * services.json lists the services and where each is on a developer's machine; `<NAME>_URL`
 * replaces that where the gateway runs.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { compositionHasErrors, composeServices, sortSDL } from '@theguild/federation-composition'
import { parse, print } from 'graphql'

const gateway = path.dirname(fileURLToPath(import.meta.url))
const HEADER = '# Composed from services/*/schema.graphql by `make generate`. Not edited by hand.\n\n'

/**
 * @param {string} servicesFile names and addresses
 * @param {(name: string) => string} schemaFile
 * @returns {string} the supergraph
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
  return `${HEADER}${print(sortSDL(result.supergraphDocumentNode)).trimEnd()}\n`
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
  const file = path.join(gateway, 'supergraph.graphql')
  const composed = compose(path.join(gateway, 'services.json'), (name) =>
    path.join(gateway, '..', 'services', name, 'schema.graphql'),
  )
  if (!process.argv.includes('--check')) writeFileSync(file, composed)
  else if (readFileSync(file, 'utf8') !== composed) {
    throw new Error('gateway/supergraph.graphql is stale: run `make generate`')
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
