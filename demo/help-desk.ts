import { configure, next, type Result, type Step, type StepOptions, start, withHeaders } from './sdk.ts'
import { freshServer, runningServer } from './server.ts'
import { Terminal } from './terminal.ts'
import { watchFeed } from './watch-feed.ts'

/**
 * Plays both sides of the help-desk example with the vendor's JavaScript SDK: an agent verifies a caller out of
 * band and watches live. Exits with status 0 if all expected messages appear in order.
 */
const caller = { mail: 'alex@example.com', password: 'Alex-Pass-2026' }
const agent = { name: 'dana', password: 'Dana-Pass-2026' }

const expected = [
  'page: Waiting for the caller to open the link...',
  'page: Authentication in progress...',
  'feed: User has entered their credentials',
  "feed: User's credentials are valid",
  'page: User successfully authenticated',
]

/** Header with the agent's session. */
const session = (token: string) => ({ iPlanetDirectoryPro: token })

/** Long polling, RFC 7240, section 4.3. */
const longPolling = { Prefer: 'wait=20' }

async function play(baseUrl: string, terminal: Terminal): Promise<string[]> {
  const seen: string[] = []
  const agentSees = (what: string) => {
    seen.push(what)
    terminal.left(what)
  }
  configure(baseUrl, 'alpha')

  const asAgent = session(await agentSignsIn(terminal))
  const patient = withHeaders({ ...asAgent, ...longPolling })
  const ask = stepOf(await start({ tree: 'HelpDesk', ...withHeaders(asAgent) }))
  terminal.left(`${ask.getHeader()}: ${ask.getDescription()}`)
  ask.callbacks[0]?.setInputValue(caller.mail)
  terminal.left(`enters ${caller.mail}`)
  const pending = stepOf(await next(ask, withHeaders(asAgent)))
  agentSees(`page: ${messageOf(pending)}`)

  const feed = watchFeed(baseUrl, 'alpha', authIdOf(pending), (event) => {
    if (event.kind === 'notification') agentSees(`feed: ${event.data.journeyStatus}`)
    if ('state' in event)
      terminal.left(`feed: ${event.state.toLowerCase().replace('_', ' ')}, ${event.result.toLowerCase()}`)
  })
  const link = await feed.link
  terminal.left('gives the link to the caller')

  const credentials = await openLink(link, terminal)
  const progress = stepOf(await next(pending, patient))
  agentSees(`page: ${messageOf(progress)}`)

  const finish = signIn(credentials, terminal)
  const done = await poll(progress, patient, agentSees)
  await Promise.all([finish, feed.ended])
  const end = await next(done, withHeaders(asAgent))
  if (end.type !== 'LoginSuccess') throw new Error("the agent's journey did not end in success")
  return seen
}

/**
 * Signs the agent in; only agents may start a check.
 * @returns the session token.
 */
async function agentSignsIn(terminal: Terminal): Promise<string> {
  const step = stepOf(await start({ tree: 'Login' }))
  step.callbacks[0]?.setInputValue(agent.name)
  step.callbacks[1]?.setInputValue(agent.password)
  const end = await next(step)
  if (end.type !== 'LoginSuccess') throw new Error('the agent could not sign in')
  terminal.left(`signs in as ${agent.name}`)
  return end.getSessionToken()
}

/**
 * Polls until the page no longer waits.
 * @returns the next page.
 */
async function poll(waiting: Step, patient: StepOptions, agentSees: (what: string) => void): Promise<Step> {
  let step = waiting
  do {
    step = stepOf(await next(step, patient))
    agentSees(`page: ${messageOf(step)}`)
  } while (step.callbacks.some((callback) => callback.getType() === 'PollingWaitCallback'))
  return step
}

/** The caller's device: reads the transaction from the link and starts its journey. */
async function openLink(link: string, terminal: Terminal): Promise<Step> {
  const { searchParams } = new URL(link)
  terminal.right('opens the link')
  const query = {
    authIndexType: searchParams.get('authIndexType') ?? '',
    authIndexValue: searchParams.get('authIndexValue') ?? '',
    ForceAuth: 'true',
  }
  const step = stepOf(await start({ query }))
  terminal.right(`${step.getHeader()}, ${messageOf(step)}?`)
  return step
}

async function signIn(step: Step, terminal: Terminal): Promise<void> {
  step.callbacks.find((callback) => callback.getType() === 'PasswordCallback')?.setInputValue(caller.password)
  terminal.right('enters the password')
  const end = await next(step)
  if (end.type !== 'LoginSuccess') throw new Error('the caller could not sign in')
  terminal.right('is signed in')
}

function stepOf(result: Result): Step {
  if (result.type === 'Step') return result
  throw new Error(`expected a step, got ${result.type}`)
}

function messageOf(step: Step): string {
  const shown = step.callbacks.find((callback) => callback.getOutputByName('message', '') !== '')
  return shown?.getOutputByName('message', '') ?? ''
}

function authIdOf(step: Step): string {
  return step.payload.authId
}

/** The first expected message that is missing or out of order. */
function missing(seen: readonly string[]): string | undefined {
  let from = 0
  return expected.find((sight) => {
    const at = seen.indexOf(sight, from)
    from = at + 1
    return at < 0
  })
}

const server = (await runningServer()) ?? (await freshServer())
const terminal = new Terminal('Help desk agent', 'Caller')
try {
  const absent = missing(await play(server.baseUrl, terminal))
  if (absent !== undefined) throw new Error(`the agent never saw: ${absent}`)
  terminal.note('The agent knows that the caller is who they say, and never saw a password.')
} catch (error) {
  terminal.note(`The demo failed: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
} finally {
  await server.stop()
}
// The SDK leaves timers running.
process.exit()
