// Asks for pages for so many seconds over so many connections, and looks at each answer.
//
//     node w1_pages.mjs <orders.json> <answers.json>
//
// orders: {url, seconds, connections: [[{token, body, page}]]}. Each connection asks for its own
// pages, one after another and again from the first. page is the answer that is right, as JSON.
// answers: {seconds, milliseconds: [per page], faults: [text], faulty, cpuSeconds}; a page that
// was under way when the time was over is no page. The first few faults are told, all are counted.
import { readFile, writeFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'

import autocannon from 'autocannon'

const LONGEST_ANSWER_SECONDS = 30
const FAULTS_TOLD = 5
const FAULT_CHARACTERS = 400

/** @typedef {{ token: string, body: string, page: unknown }} Order */

const [ordersPath = '', answersPath = ''] = process.argv.slice(2)
/** @type {{ url: string, seconds: number, connections: Order[][] }} */
const { url, seconds, connections } = JSON.parse(await readFile(ordersPath, 'utf8'))
/** @type {number[]} */
const milliseconds = []
/** @type {string[]} */
const faults = []
let connected = 0

/**
 * @param {number} status
 * @param {string} body
 * @param {{ text: string, page: unknown }} right
 */
function isRight(status, body, right) {
  if (status !== 200) return false
  if (body === right.text) return true
  try {
    return isDeepStrictEqual(JSON.parse(body), right.page)
  } catch {
    return false
  }
}

/**
 * @param {number} status
 * @param {string} body
 */
function whatWasWrong(status, body) {
  let told = body
  try {
    told = JSON.stringify(JSON.parse(body).errors ?? body)
  } catch {
    // No JSON: it is told as it came.
  }
  return `status ${status}: ${told.slice(0, FAULT_CHARACTERS)}`
}

/**
 * @param {Order} order
 * @returns {import('autocannon').Request}
 */
function requestOf({ token, body, page }) {
  const right = { text: JSON.stringify(page), page }
  return {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
    onResponse(status, answer) {
      if (!isRight(status, answer, right)) faults.push(whatWasWrong(status, answer))
    },
  }
}

/** @param {import('autocannon').Client} client */
function setupClient(client) {
  client.setRequests((connections[connected] ?? []).map(requestOf))
  connected += 1
  client.on('response', (_status, _bytes, took) => milliseconds.push(took))
}

const cpuBefore = process.cpuUsage()
const result = await autocannon({
  url,
  connections: connections.length,
  duration: seconds,
  timeout: LONGEST_ANSWER_SECONDS,
  setupClient,
})
const used = process.cpuUsage(cpuBefore)
if (result.errors > 0) faults.push(`${result.errors} requests without an answer`)
await writeFile(
  answersPath,
  JSON.stringify({
    seconds: result.duration,
    milliseconds,
    faults: faults.slice(0, FAULTS_TOLD),
    faulty: faults.length,
    cpuSeconds: (used.user + used.system) / 1_000_000,
  }),
)
