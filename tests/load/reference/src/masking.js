/**
 * What of a person is shown without a reason given.
 */
const SHOWN_BEFORE = 3
const SHOWN_AFTER = 4
const MOBILE_LENGTH = 11
const SHORTEST_NUMBER = 7

/**
 * The first character alone: "马*"; of a name of one character nothing.
 * @param {string} name
 */
export function maskedName(name) {
  const [first = '', ...others] = name
  return others.length > 0 ? first + '*'.repeat(others.length) : '*'
}

/**
 * The first three and the last four digits: "173****6812"; of a short number the last two.
 * @param {string} phone
 */
export function maskedPhone(phone) {
  const digits = [...phone]
  const shownBefore = digits.length < MOBILE_LENGTH ? 0 : SHOWN_BEFORE
  const shownAfter = digits.length < MOBILE_LENGTH ? 2 : SHOWN_AFTER
  if (digits.length < SHORTEST_NUMBER) return '*'.repeat(digits.length)
  const hidden = '*'.repeat(digits.length - shownBefore - shownAfter)
  return digits.slice(0, shownBefore).join('') + hidden + digits.slice(-shownAfter).join('')
}
