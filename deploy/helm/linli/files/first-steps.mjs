/**
 * `helm test`: the story's first steps, as somebody without an account takes them.
 *
 * Every service is ready, the keys are published, the policies are read through the gateway, a
 * wrong login is refused by name (which takes gateway, residents and store), what is not
 * registered is refused in production, and the doors that are not GraphQL know a stranger.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'

const GATEWAY = process.env.GATEWAY_ADDRESS
/** Of each service, as in `issues=http://issues-api:8080 …`. */
const APIS = Object.fromEntries(process.env.API_ADDRESSES.split(' ').map((one) => one.split('=')))
const MANIFEST = path.join(process.env.GATEWAY_FOLDER ?? '/app/gateway', 'manifest/anonymous.json')
const ANSWER_WITHIN_MILLISECONDS = 15_000

const operations = JSON.parse(readFileSync(MANIFEST, 'utf8')).operations

/** Ask, and return status and body, parsed where it is JSON. */
async function ask(url, options = {}) {
  const answer = await fetch(url, {
    ...options,
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MILLISECONDS),
  })
  const text = await answer.text()
  try {
    return { status: answer.status, body: JSON.parse(text) }
  } catch {
    return { status: answer.status, body: text }
  }
}

/** Send GraphQL to the gateway. */
const graph = (params) =>
  ask(`${GATEWAY}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })

/** Send an operation of the manifest, by its id alone as clients do. */
const registered = (name, variables) =>
  graph({ documentId: operations.find((one) => one.name === name).id, variables })

const steps = {
  ...Object.fromEntries(
    [...Object.values(APIS), GATEWAY].map((address) => [
      `${address} is ready`,
      async () => {
        const { status, body } = await ask(`${address}/ready`)
        return [status === 200, { status, body }]
      },
    ]),
  ),
  'residents publishes its keys': async () => {
    const { status, body } = await ask(`${APIS.residents}/jwks.json`)
    return [status === 200 && body.keys?.length > 0, { status, keys: body.keys?.length }]
  },
  'the policies are read through the gateway': async () => {
    const { status, body } = await registered('PrivacyPolicies', {})
    return [body.data?.privacyPolicies?.length > 0 && !body.errors, { status, body }]
  },
  'a wrong login is refused by name': async () => {
    const input = {
      username: 'helm-test-nobody',
      password: 'not the password',
      totpCode: '000000',
      client: 'CONSOLE',
    }
    const { status, body } = await registered('LogInStaff', { input })
    const refused = ['LoginRefused', 'AccountLocked'].includes(body.data?.logInStaff?.__typename)
    return [refused, { status, body }]
  },
  'an operation that is not registered is refused in production': async () => {
    const { status, body } = await graph({ query: '{ __typename }' })
    const code = body.errors?.[0]?.extensions?.code
    const right =
      process.env.ENVIRONMENT === 'production' ? code === 'QUERY_REFUSED' : Boolean(body.data)
    return [right, { status, body }]
  },
  'the token door knows no stranger': async () => {
    const { status, body } = await ask(`${APIS.residents}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'helm-test-nobody',
        client_secret: 'not the secret',
      }),
    })
    // 429 after many tests in a row: twenty wrong secrets lock an address.
    return [(status === 401 && body.error === 'invalid_client') || status === 429, { status, body }]
  },
  'the till door asks for a token': async () => {
    const { status, body } = await ask(`${APIS.vouchers}/till/v1/redemptions/none`)
    return [status === 401, { status, body }]
  },
  'a photo is not shown without its signature': async () => {
    const { status, body } = await ask(`${APIS.issues}/photos/none/full?until=0&sig=none`)
    return [status === 404, { status, body }]
  },
  'a callback that WeChat did not sign is refused': async () => {
    const { status, body } = await ask(`${APIS.outreach}/wechat/callback/none`, {
      method: 'POST',
      body: '<xml/>',
    })
    return [status >= 400 && status < 500, { status, body }]
  },
}

let failed = 0
for (const [name, step] of Object.entries(steps)) {
  const [right, seen] = await step().catch((error) => [false, { error: String(error.cause ?? error) }])
  process.stdout.write(`${right ? '✓' : '✗'} ${name}${right ? '' : `: ${JSON.stringify(seen)}`}\n`)
  if (!right) failed += 1
}
process.stdout.write(`${Object.keys(steps).length - failed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)
