import { answer, type Step, stepOf } from './authenticate.ts'
import { type Agent, feedUrl, openCheck, openLink } from './backchannel.ts'
import { Client } from './client.ts'
import { openFeed } from './feed.ts'

/**
 * Agents and callers, in their own process. Handles one order at a time from its parent and sends back the
 * result. The server may differ between orders if the data folder is the same.
 */
const client = new Client(16)
const atOnce = 32
const checks: { agent: Agent; page: Step; onEvent: () => void }[] = []

/** Opens checks and their links. No agent watches yet. */
async function prepare(url: string, count: number): Promise<void> {
  await inParallel(count, async () => {
    const agent = await openCheck(client, url, 'BenchCheck')
    const page = await openLink(client, url, agent.transaction)
    checks.push({ agent, page, onEvent: () => undefined })
  })
}

/** Opens the live feed of every agent. */
async function watch(url: string): Promise<void> {
  await inParallel(checks.length, async (number) => {
    const check = checks[number]
    if (check === undefined) return
    await openFeed(feedUrl(url), check.agent.step.authId, (event) => {
      if (event === 'notification') check.onEvent()
    })
  })
}

const perSecond = 100

/**
 * Sends notifications at a constant rate, even if the server falls behind.
 * @returns for each, milliseconds from the caller's request to the event in the agent's feed, including the
 * commit of the step.
 */
async function notify(url: string, count: number): Promise<number[]> {
  const startedAt = performance.now()
  const all = Array.from({ length: count }, async (_, number) => {
    await until(startedAt + (number * 1000) / perSecond)
    // Spreads consecutive notifications over the checks, so that no caller sends two at once.
    const check = checks[(number * 7919) % checks.length]
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
