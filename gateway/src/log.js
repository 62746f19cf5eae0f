/**
 * JSON lines on standard output, named as the services name theirs.
 */
import pino from 'pino'

/** @typedef {import('pino').Logger} Log */

const PINO_LEVELS = { debug: 'debug', info: 'info', warning: 'warn', error: 'error' }

/**
 * @param {string} level debug, info, warning or error
 * @param {import('pino').DestinationStream} [destination]
 * @returns {Log}
 */
export function createLog(level, destination) {
  const options = {
    level: PINO_LEVELS[/** @type {keyof typeof PINO_LEVELS} */ (level)],
    base: { service: 'gateway' },
    messageKey: 'event',
    timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
    formatters: {
      /** @param {string} label */
      level: (label) => ({ level: label === 'warn' ? 'warning' : label }),
    },
  }
  return destination ? pino(options, destination) : pino(options)
}
