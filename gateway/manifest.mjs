#!/usr/bin/env node
/**
 * Make each client's manifest of its operations, `operations/<client>/*.graphql`.
 *
 *   node manifest.mjs           write manifest/<client>.json
 *   node manifest.mjs --check   exit 1 if what is there is not what they make
 *
 * A file holds one named operation, called as the file is, and the fragments that it uses. What
 * is kept is the text as graphql-js prints it, so that spacing and comments do not change its id.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSchema, Kind, parse, print, validate } from 'graphql'
import { FORMAT, idOf } from './src/manifest.js'

const gateway = path.dirname(fileURLToPath(import.meta.url))

/**
 * @param {string} directory holds a directory of documents for each client
 * @param {import('graphql').GraphQLSchema | null} schema what they must be valid against
 * @returns {Map<string, string>} client to the text of its manifest
 * @throws {Error} with every fault, one a line
 */
export function manifests(directory, schema) {
  /** @type {string[]} */
  const faults = []
  /** @type {Map<string, string>} */
  const made = new Map()
  for (const client of readdirSync(directory).sort()) {
    const folder = path.join(directory, client)
    const operations = readdirSync(folder)
      .filter((file) => file.endsWith('.graphql'))
      .sort()
      .flatMap((file) => operationIn(path.join(folder, file), `${client}/${file}`, schema, faults))
    made.set(client, `${JSON.stringify({ format: FORMAT, version: 1, operations }, null, 2)}\n`)
  }
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return made
}

/**
 * @param {string} file
 * @param {string} label
 * @param {import('graphql').GraphQLSchema | null} schema
 * @param {string[]} faults
 * @returns {import('./src/manifest.js').Operation[]}
 */
function operationIn(file, label, schema, faults) {
  const document = parse(readFileSync(file, 'utf8'))
  const found = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  const [operation] = /** @type {import('graphql').OperationDefinitionNode[]} */ (found)
  const name = operation?.name?.value
  if (found.length !== 1 || !operation || !name) {
    faults.push(`${label}: must hold one operation, with a name`)
    return []
  }
  if (name !== path.basename(file, '.graphql')) faults.push(`${label}: is named ${name}`)
  for (const { message } of schema ? validate(schema, document) : []) {
    faults.push(`${label}: ${message}`)
  }
  const body = print(document)
  return [{ id: idOf(body), name, type: operation.operation, body }]
}

function main() {
  const target = path.join(gateway, 'manifest')
  const made = manifests(
    path.join(gateway, 'operations'),
    buildSchema(readFileSync(path.join(gateway, 'schema.graphql'), 'utf8')),
  )
  const check = process.argv.includes('--check')
  mkdirSync(target, { recursive: true })
  for (const [client, text] of made) {
    const file = path.join(target, `${client}.json`)
    if (!check) writeFileSync(file, text)
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
      throw new Error(`gateway/manifest/${client}.json is stale: run \`make generate\``)
    }
  }
  for (const file of readdirSync(target)) {
    if (!made.has(path.basename(file, '.json'))) {
      throw new Error(`gateway/manifest/${file} has no operations: remove it`)
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main()
  } catch (error) {
    process.stderr.write(`manifest: ${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
  }
}
