/**
 * One of the four subgraphs: `node src/main.js residents|issues|outreach|vouchers`.
 */
process.env['NODE_ENV'] ??= 'production' // graphql and Apollo Server look while they are loaded
const { SettingsError, readSettings } = await import('./settings.js')

const EXIT_CODE_OF_BAD_SETTINGS = 2

try {
  const settings = readSettings(process.argv[2], process.env)
  const { serve } = await import('./serve.js')
  const stop = await serve(settings)
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stop())
} catch (error) {
  if (!(error instanceof SettingsError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = EXIT_CODE_OF_BAD_SETTINGS
}
