/**
 * Moments as the services write them: ISO 8601 in UTC, microseconds where there are any.
 */
import { GraphQLScalarType } from 'graphql'

const SECONDS_LONG = '2026-11-26T10:00:00'.length

/** @param {Date} moment */
export function written(moment) {
  const text = moment.toISOString()
  const fraction = text.slice(SECONDS_LONG, -1)
  return text.slice(0, SECONDS_LONG) + (fraction === '.000' ? '' : `${fraction}000`) + '+00:00'
}

export const DateTime = new GraphQLScalarType({
  name: 'DateTime',
  serialize: (value) => {
    if (value instanceof Date) return written(value)
    throw new TypeError('not a moment')
  },
})
