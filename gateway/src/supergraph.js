/**
 * The composed graph: read from a file, checked before anything relies on it, with the addresses
 * of the services as this place needs them.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { buildASTSchema, Kind, parse, print, visit } from 'graphql'
import { isHttpUrl } from './settings.js'

/** Why a supergraph file cannot be used, in one line. */
export class SupergraphError extends Error {}

/**
 * @typedef {object} Supergraph
 * @property {string} sdl
 * @property {string} hash of the file, before any address was replaced
 * @property {{ name: string, url: string }[]} services
 */

/**
 * @param {string} file
 * @param {Record<string, string>} serviceUrls by upper-case service name
 * @returns {Promise<Supergraph>}
 * @throws {SupergraphError}
 */
export async function readSupergraph(file, serviceUrls) {
  try {
    const text = await readFile(file, 'utf8')
    return place(text, serviceUrls)
  } catch (error) {
    if (error instanceof SupergraphError) throw new SupergraphError(`${file}: ${error.message}`)
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new SupergraphError(`${file} is not a usable supergraph: ${reason}`)
  }
}

/**
 * @param {string} text
 * @param {Record<string, string>} serviceUrls
 * @returns {Supergraph}
 */
function place(text, serviceUrls) {
  const document = parse(text, { noLocation: true })
  /** @type {{ name: string, url: string }[]} */
  const services = []
  const placed = visit(document, {
    EnumValueDefinition(node) {
      const directive = node.directives?.find(({ name }) => name.value === 'join__graph')
      if (!directive) return undefined
      const name = argumentOf(directive, 'name')
      const url = serviceUrls[name.toUpperCase().replace(/[^A-Z0-9]/g, '')] ?? argumentOf(directive, 'url')
      if (!isHttpUrl(url)) throw new SupergraphError(`the service ${name} has no address`)
      services.push({ name, url })
      return { ...node, directives: node.directives?.map((one) => (one === directive ? withUrl(one, url) : one)) }
    },
  })
  if (services.length === 0) throw new SupergraphError('no service is named in it')
  const schema = buildASTSchema(placed, { assumeValidSDL: false })
  if (!schema.getQueryType()) throw new SupergraphError('it has no Query type')
  return { sdl: print(placed), hash: createHash('sha256').update(text).digest('hex'), services }
}

/** @param {import('graphql').ConstDirectiveNode} directive @param {string} name */
function argumentOf(directive, name) {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value
  return value?.kind === Kind.STRING ? value.value : ''
}

/**
 * @param {import('graphql').ConstDirectiveNode} directive
 * @param {string} url
 * @returns {import('graphql').ConstDirectiveNode}
 */
function withUrl(directive, url) {
  return {
    ...directive,
    arguments: directive.arguments?.map((argument) =>
      argument.name.value === 'url'
        ? { ...argument, value: { kind: Kind.STRING, value: url } }
        : argument,
    ),
  }
}
