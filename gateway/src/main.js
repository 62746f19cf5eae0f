#!/usr/bin/env node
/**
 * Start the gateway and obey signals: SIGHUP reads the supergraph again, SIGTERM stops.
 */
import './memory.js'
import { startGateway } from './gateway.js'
import { createLog } from './log.js'
import { readSettings, SettingsError } from './settings.js'
import { SupergraphError } from './supergraph.js'

/**
 * @param {unknown} error
 * @returns {never}
 */
function fail(error) {
  const known = error instanceof SettingsError || error instanceof SupergraphError
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const reason = known || taken ? error.message : (error instanceof Error && error.stack) || error
  process.stderr.write(`gateway: ${reason}\n`)
  process.exit(1)
}

/** @returns {import('./settings.js').Settings} */
function settingsOrFail() {
  try {
    return readSettings(process.env)
  } catch (error) {
    return fail(error)
  }
}

const settings = settingsOrFail()
const log = createLog(settings.logLevel)
const gateway = await startGateway(settings, log).catch(fail)

process.on('SIGHUP', () => void gateway.reload())
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) {
  process.on(signal, () => {
    void gateway.stop().then(() => process.exit(0), fail)
  })
}
