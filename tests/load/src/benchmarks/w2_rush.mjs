// Sends the orders of a rush, each once, over so many connections, and writes down each answer.
//
//     node w2_rush.mjs <orders.json> <answers.json>
//
// orders: {url, connections, document, orders: [{token, input}]}. The n-th connection sends every
// n-th order, one after another. answers: {cpuSeconds, answers: [{status, body, milliseconds,
// atMilliseconds} | null]}, in the order of the orders.
import { readFile, writeFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'

import autocannon from 'autocannon'

const LONGEST_ANSWER_SECONDS = 60

/** @typedef {{ token: string, input: object }} Order */
/** @typedef {{ status: number, body: string, milliseconds: number, atMilliseconds: number }} Answer */

const [ordersPath = '', answersPath = ''] = process.argv.slice(2)
/** @type {{ url: string, connections: number, document: string, orders: Order[] }} */
const { url, connections, document, orders } = JSON.parse(await readFile(ordersPath, 'utf8'))
/** @type {(Answer | null)[]} */
const answers = orders.map(() => null)
let connected = 0
let began = 0
/** @type {Answer} */
let latest // the answer that "response" tells of next

/**
 * @param {Order} order
 * @param {number} number
 * @returns {import('autocannon').Request}
 */
function requestOf({ token, input }, number) {
  return {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: document, variables: { input } }),
    onResponse(status, body) {
      latest = answers[number] = { status, body, milliseconds: 0, atMilliseconds: 0 }
    },
  }
}

/** @param {import('autocannon').Client} client */
function setupClient(client) {
  const first = connected
  connected += 1
  client.setRequests(requests.filter((_, number) => number % connections === first))
  client.on('response', (_status, _bytes, milliseconds) => {
    latest.milliseconds = milliseconds
    latest.atMilliseconds = performance.now() - began
  })
}

const requests = orders.map(requestOf)
const cpuBefore = process.cpuUsage()
const run = autocannon({
  url,
  connections,
  amount: orders.length,
  timeout: LONGEST_ANSWER_SECONDS,
  setupClient,
})
began = performance.now() // every request is written out by now, and none is sent
await run
const used = process.cpuUsage(cpuBefore)
await writeFile(
  answersPath,
  JSON.stringify({
    cpuSeconds: (used.user + used.system) / 1_000_000,
    answers,
  }),
)
