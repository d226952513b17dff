import { answer, type Step, stepOf } from './authenticate.ts'
import { type Agent, feedUrl, openCheck, openLink } from './backchannel.ts'
import { Client } from './client.ts'
import { openFeed } from './feed.ts'

/**
 * Agents and callers, in a process of their own. Does one thing for each message of its parent, and says what came of it.
 * The server may be another one each time, as long as it has the same storage.
 */
const client = new Client(16)
const atOnce = 32
const checks: { agent: Agent; page: Step; heard: () => void }[] = []

/** Checks that are open, with callers who have come; nobody watches. */
async function prepare(url: string, count: number): Promise<void> {
  await inParallel(count, async () => {
    const agent = await openCheck(client, url, 'BenchCheck')
    const page = await openLink(client, url, agent.transaction)
    checks.push({ agent, page, heard: () => undefined })
  })
}

/** Every agent watches their feed. */
async function watch(url: string): Promise<void> {
  await inParallel(checks.length, async (number) => {
    const check = checks[number]
    if (check === undefined) return
    await openFeed(feedUrl(url), check.agent.step.authId, (event) => {
      if (event === 'notification') check.heard()
    })
  })
}

const perSecond = 100

/**
 * Callers answer at a steady pace, whether the server keeps up or not.
 * @returns for each, milliseconds from their request to the event in the agent's feed; the step that commits it included.
 */
async function notify(url: string, count: number): Promise<number[]> {
  const startedAt = performance.now()
  const all = Array.from({ length: count }, async (_, number) => {
    await until(startedAt + (number * 1000) / perSecond)
    // Far enough from each other that nobody answers twice at a time.
    const check = checks[(number * 7919) % checks.length]
    if (check === undefined) throw new Error('there is no check')
    const heard = new Promise<number>((resolve) => {
      check.heard = () => resolve(performance.now())
    })
    const askedAt = performance.now()
    const answered = answer(client, url, check.page, 0)
    const heardAt = await heard
    check.page = stepOf(await answered)
    return heardAt - askedAt
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

/** What the parent asks for. */
export type FeedOrder = { work: keyof typeof works; url: string; count: number }

process.on('message', async ({ work, url, count }: FeedOrder) => {
  process.send?.({ done: (await works[work](url, count)) ?? [] })
})
