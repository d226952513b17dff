import { pino } from 'pino'
import { startApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { OperationError } from './errors.ts'

const usage = `Usage: sidegate serve

  serve   run the server until it is told to stop

Settings are environment variables; the README lists them.`

type Hooks = {
  /** Called once the server listens. */
  onReady(): void
}

/** The command line. Ends the process with status 1 and one sentence when something is wrong. */
export async function main(args: readonly string[], hooks: Hooks): Promise<void> {
  const [command = 'serve', ...rest] = args
  try {
    if (command === 'serve' && rest.length === 0) await serve(readConfig(process.env), hooks)
    else if (command === 'help' || command === '--help') console.log(usage)
    else throw new OperationError(`There is no command '${args.join(' ')}'\n\n${usage}`)
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

async function serve(config: Config, hooks: Hooks): Promise<void> {
  // Standard error is the log; standard output is for the person who started the server.
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: false }))
  const app = await startApp(config, log)
  console.log(greeting(app.url, config, app.generatedPassword))
  hooks.onReady()
  const stop = () => {
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the server did not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

/** The password is told here and nowhere else, once. */
function greeting(url: string, { dataFolder, withSamples }: Config, password: string | undefined): string {
  const lines = [
    `Sidegate listens at ${url}`,
    `  health   ${url}/json/health/ready`,
    `  data     ${dataFolder}`,
    ...(withSamples ? ['  try      npm run demo'] : []),
  ]
  if (password !== undefined) {
    lines.push('', `  Administrator: amadmin, password: ${password}`, '  It is shown this once. Keep it.')
  }
  return lines.join('\n')
}
