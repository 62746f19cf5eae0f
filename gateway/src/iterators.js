/**
 * Iterators written out by hand: an async generator that waits for its next value cannot be
 * told to return, and what it holds upstream would stay open.
 */

/**
 * Change each value, and turn a failure into a last value.
 * @template T
 * @param {AsyncIterable<T>} source
 * @param {(value: T) => T} change
 * @param {(error: unknown) => T} lastWords
 * @returns {AsyncIterableIterator<T>}
 */
export function mapped(source, change, lastWords) {
  const iterator = source[Symbol.asyncIterator]()
  let failed = false
  return {
    async next() {
      if (failed) return { done: true, value: undefined }
      try {
        const result = await iterator.next()
        return result.done ? result : { done: false, value: change(result.value) }
      } catch (error) {
        failed = true
        return { done: false, value: lastWords(error) }
      }
    },
    async return(value) {
      failed = true
      await iterator.return?.()
      return { done: true, value }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/**
 * Pass values on until told to end; then one last value, if there is one, and no more.
 * @template T
 * @param {AsyncIterable<T>} source
 * @param {Promise<T | undefined>} end
 * @param {() => void} onDone called once, whichever side ended it
 * @returns {AsyncIterableIterator<T>}
 */
export function endable(source, end, onDone) {
  const iterator = source[Symbol.asyncIterator]()
  const ended = end.then((last) => {
    // Also where nobody is waiting for a value.
    void iterator.return?.()
    return { last }
  })
  let done = false
  const finish = () => {
    if (!done) onDone()
    done = true
  }
  return {
    async next() {
      if (done) return { done: true, value: undefined }
      const first = await Promise.race([ended, iterator.next()])
      if (!('last' in first)) {
        if (first.done) finish()
        return first
      }
      finish()
      return first.last === undefined
        ? { done: true, value: undefined }
        : { done: false, value: first.last }
    },
    async return(value) {
      finish()
      await iterator.return?.()
      return { done: true, value }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** @param {any} value @returns {value is AsyncIterable<any>} */
export function isIterable(value) {
  return typeof value?.[Symbol.asyncIterator] === 'function'
}
