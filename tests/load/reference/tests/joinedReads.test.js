/**
 * Reads of several requests as one query, none of them told what is old.
 */
import assert from 'node:assert/strict'
import test from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { JoinedReads } from '../src/joinedReads.js'

/** A store of "a" to "z" whose queries end when they are told to. */
function store() {
  /** @type {{ ids: string[], end: (error?: Error) => void }[]} */
  const queries = []
  /** @type {import('../src/joinedReads.js').Read<{ _id: string }>} */
  const read = (_, ids) =>
    new Promise((resolve, reject) => {
      const there = ids.filter((id) => id.length === 1)
      const found = new Map(there.map((id) => [id, { _id: id }]))
      queries.push({ ids, end: (error) => (error ? reject(error) : resolve(found)) })
    })
  return { queries, reads: new JoinedReads(read) }
}

test('what is asked for at the same time is one query, each answered in its order', async () => {
  const { queries, reads } = store()
  const answers = [reads.inOrder('c', ['b', 'none', 'a']), reads.inOrder('c', ['a', 'c'])]
  const elsewhere = reads.inOrder('d', ['a'])
  await turn()
  assert.deepEqual(queries.map(({ ids }) => ids), [['b', 'none', 'a', 'c'], ['a']])
  for (const { end } of queries) end()
  const [first, second] = await Promise.all(answers)
  assert.deepEqual(first, [{ _id: 'b' }, null, { _id: 'a' }])
  assert.deepEqual(second, [{ _id: 'a' }, { _id: 'c' }])
  assert.deepEqual(await elsewhere, [{ _id: 'a' }])
})

test('while one is under way the next waits, and is asked anew', async () => {
  const { queries, reads } = store()
  const first = reads.inOrder('c', ['a'])
  await turn()
  const later = [reads.inOrder('c', ['a']), reads.inOrder('c', ['b'])]
  await turn()
  assert.equal(queries.length, 1)
  queries[0]?.end()
  await first
  await turn()
  assert.deepEqual(queries[1]?.ids, ['a', 'b'])
  queries[1]?.end()
  assert.deepEqual(await Promise.all(later), [[{ _id: 'a' }], [{ _id: 'b' }]])
  const again = reads.inOrder('c', ['a'])
  await turn()
  assert.equal(queries.length, 3)
  queries[2]?.end()
  await again
})

test('what cannot be read for one is read again for the others alone', async () => {
  const { queries, reads } = store()
  const bad = assert.rejects(reads.inOrder('c', ['bad']), /locked/)
  const good = reads.inOrder('c', ['a'])
  await turn()
  queries[0]?.end(new Error('locked'))
  await turn()
  assert.deepEqual(queries.slice(1).map(({ ids }) => ids), [['bad'], ['a']])
  queries[1]?.end(new Error('locked'))
  queries[2]?.end()
  await bad
  assert.deepEqual(await good, [{ _id: 'a' }])
})
