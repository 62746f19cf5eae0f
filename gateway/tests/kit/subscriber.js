/**
 * Clients of subscriptions, over WebSocket and over server-sent events.
 */
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'

/**
 * @typedef {object} Subscriber
 * @property {any[]} results
 * @property {any[]} errors
 * @property {{ code: number, reason: string }[]} closed
 * @property {boolean} done
 * @property {() => void | Promise<void>} leave
 * @property {(payload: any) => Promise<any[]>} [also] the results of another operation over it
 */

/**
 * @param {string} origin
 * @param {{ token?: string | undefined, retry?: boolean, lazy?: boolean, payload: any }} options
 * @returns {Subscriber & { also: (payload: any) => Promise<any[]> }}
 */
export function overSocket(origin, { token, payload, retry = false, lazy = true }) {
  const also = async (/** @type {any} */ other) => {
    const results = []
    for await (const result of client.iterate(other)) results.push(result)
    return results
  }
  /** @type {Subscriber & { also: typeof also }} */
  const subscriber = { results: [], errors: [], closed: [], done: false, leave: () => client.dispose(), also }
  const client = createClient({
    url: `${origin.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: token ? { Authorization: `Bearer ${token}` } : {},
    lazy,
    retryAttempts: retry ? 20 : 0,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 30)),
    on: {
      closed: (/** @type {any} */ { code, reason }) => subscriber.closed.push({ code, reason }),
    },
  })
  client.subscribe(payload, {
    next: (result) => subscriber.results.push(result),
    error: (error) => {
      subscriber.errors.push(error)
      subscriber.done = true
    },
    complete: () => {
      subscriber.done = true
    },
  })
  return subscriber
}

/**
 * @param {string} origin
 * @param {{ token?: string, payload: any }} options
 * @returns {Promise<Subscriber & { events: string[] }>}
 */
export async function overEvents(origin, { token, payload }) {
  const abort = new AbortController()
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(payload),
    signal: abort.signal,
  })
  /** @type {Subscriber & { events: string[] }} */
  const subscriber = {
    results: [],
    errors: [],
    closed: [],
    events: [],
    done: false,
    leave: () => abort.abort(),
  }
  void read(response, subscriber).catch((error) => {
    subscriber.errors.push(error)
    subscriber.done = true
  })
  return subscriber
}

/** @param {Response} response @param {Subscriber & { events: string[] }} subscriber */
async function read(response, subscriber) {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of /** @type {any} */ (response.body)) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = /^event: (.*)$/m.exec(block)?.[1]
      const data = /^data: (.+)$/m.exec(block)?.[1]
      if (event) subscriber.events.push(event)
      if (data) subscriber.results.push(JSON.parse(data))
    }
  }
  subscriber.done = true
}
