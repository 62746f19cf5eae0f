/**
 * A subscription that outlives the service's connection: when that breaks it is opened again, and
 * what comes first is then the state as it is.
 */
import { isIterable } from './iterators.js'

const FIRST_WAIT_MILLISECONDS = 250
const LONGEST_WAIT_MILLISECONDS = 5_000
/** A subscription that never had a value is told sooner that there is nobody. */
const ATTEMPTS_BEFORE_A_VALUE = 4

/**
 * @template T
 * @param {() => Promise<AsyncIterable<T> | T>} open asks the service; what is no iterable is a refusal
 * @param {{ isFinal: (error: unknown) => boolean, onBroken: (error: unknown) => void }} options
 *   isFinal: whether to try again would be in vain
 * @returns {AsyncIterableIterator<T>}
 */
export function resubscribing(open, { isFinal, onBroken }) {
  /** @type {AsyncIterator<T> | null} */
  let current = null
  let failures = 0
  let hadValue = false
  let done = false
  let wake = () => {}

  /** @returns {Promise<IteratorResult<T>>} */
  const attempt = async () => {
    if (!current) {
      const opened = await open()
      if (!isIterable(opened)) {
        done = true
        return { done: false, value: /** @type {T} */ (opened) }
      }
      current = opened[Symbol.asyncIterator]()
      if (done) await current.return?.()
    }
    const result = await current.next()
    if (result.done) done = true
    hadValue = true
    failures = 0
    return result
  }

  /** @param {unknown} error */
  const pause = async (error) => {
    current = null
    failures += 1
    if (isFinal(error) || (!hadValue && failures >= ATTEMPTS_BEFORE_A_VALUE)) {
      done = true
      throw error
    }
    onBroken(error)
    const wait = Math.min(LONGEST_WAIT_MILLISECONDS, FIRST_WAIT_MILLISECONDS * 2 ** (failures - 1))
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, wait * (0.5 + Math.random()))
      wake = () => resolve(clearTimeout(timer))
    })
  }

  return {
    async next() {
      while (!done) {
        try {
          return await attempt()
        } catch (error) {
          if (!done) await pause(error)
        }
      }
      return { done: true, value: undefined }
    },
    async return(value) {
      done = true
      wake()
      await current?.return?.()
      return { done: true, value }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
