import { answer, type Step, start, stepOf } from './authenticate.ts'
import { feedUrl, openCheck, openLink } from './backchannel.ts'
import { Client } from './client.ts'
import { openFeed } from './feed.ts'

/**
 * Agents and callers, in their own process with their own address. Handles one order at a time from its parent and sends back
 * the result. The server may differ between orders if the data folder is the same.
 */
const [localAddress = '127.0.0.1'] = process.argv.slice(2)
const client = new Client(16, localAddress)
const atOnce = 16
const agents: Step[] = []
const checks: { agent: Step; page: Step; onEvent: () => void }[] = []

/** Opens checks, of which only every tenth gets a caller. No agent watches yet. */
async function prepare(url: string, count: number): Promise<void> {
  await inParallel(count, async (number) => {
    if (number % 10 > 0) return void agents.push(await start(client, url, 'BenchCheck'))
    const { step, transaction } = await openCheck(client, url, 'BenchCheck')
    const page = await openLink(client, url, transaction)
    checks.push({ agent: step, page, onEvent: () => undefined })
  })
}

/** Opens the live feed of every agent. */
async function watch(url: string): Promise<void> {
  const waiting = agents.map((agent) => ({ agent, onEvent: () => undefined }))
  const all = [...waiting, ...checks]
  await inParallel(all.length, async (number) => {
    const check = all[number]
    if (check === undefined) return
    const { authId } = check.agent
    await openFeed({ url: feedUrl(url), authId, localAddress }, (event) => {
      if (event === 'notification') check.onEvent()
    })
  })
}

const perSecond = 50
let sent = 0

/**
 * Sends notifications at a constant rate, even if the server falls behind.
 * @returns for each, milliseconds from the caller's request to the event in the agent's feed, including the
 * commit of the step.
 */
async function notify(url: string, count: number): Promise<number[]> {
  const startedAt = performance.now()
  const all = Array.from({ length: count }, async (_, number) => {
    await until(startedAt + (number * 1000) / perSecond)
    const check = checks[sent++ % checks.length]
    if (check === undefined) throw new Error('no check is prepared')
    const arrival = new Promise<number>((resolve) => {
      check.onEvent = () => resolve(performance.now())
    })
    const askedAt = performance.now()
    const answered = answer(client, url, check.page, 0)
    const arrivedAt = await arrival
    check.page = stepOf(await answered)
    return arrivedAt - askedAt
  })
  return Promise.all(all)
}

function until(at: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())))
}

async function inParallel(total: number, once: (number: number) => Promise<void>): Promise<void> {
  let next = 0
  const one = async () => {
    while (next < total) await once(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, one))
}

const works = { prepare, watch, notify }

/** An order of the parent process. */
export type FeedOrder = { work: keyof typeof works; url: string; count: number }

process.on('message', async ({ work, url, count }: FeedOrder) => {
  process.send?.({ done: (await works[work](url, count)) ?? [] })
})
