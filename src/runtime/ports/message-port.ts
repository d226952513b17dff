import type { Limit } from '../../limits/limit.ts'
import { sourceOf } from '../../limits/source.ts'
import type { MessagePort } from '../../nodes/ports/ports.ts'
import { alarmsAboutMessages, messagesOfRealm } from '../../outbox/message-limits.ts'
import { internationalNumber } from '../../people/telephone-number.ts'
import { digest } from '../../secrets/digest.ts'
import type { RunContext } from '../run-context.ts'
import { recordAudit } from '../step-audit.ts'

/** One-time passwords are useless after this time. */
const usefulMs = 5 * 60_000

const hourMs = 3_600_000

/** Collects the text messages of a step. They are sent after its commit, and the commit guards their limits. */
export function messagePort(run: RunContext): MessagePort {
  const { step, effects } = run
  const { path: realm, settings } = step.request.realm
  const { sms, defaultCountry, countries } = settings.messaging
  const { locales, callersUrl } = step.request.view
  return {
    async sendText(number, text) {
      if (sms === null) return 'noGateway'
      const to = await internationalNumber(number, defaultCountry, countries)
      if (to === undefined) return 'noNumber'
      if (!(await isCounted(run, to))) return 'tooMany'
      const expiresAt = step.now + usefulMs
      effects.messages.push({
        realm,
        channel: 'sms',
        to,
        text,
        locale: locales[0] ?? 'en',
        baseUrl: callersUrl,
        expiresAt,
      })
      return undefined
    },
  }
}

/** @returns false if a limit is used up. */
async function isCounted(run: RunContext, to: string): Promise<boolean> {
  const { world, step, effects } = run
  const { path: realm, settings } = step.request.realm
  const { maxCodesPerPerson, maxCodesPerAddress, maxMessagesPerRealm } = settings.messaging
  const all = messagesOfRealm(
    realm,
    // rule R12: otherwise journeys send any number of one-time passwords
    maxMessagesPerRealm,
  )
  const hourly = (key: string, max: number): Limit => ({
    key: `${realm} codes texted ${key}`,
    max,
    windowMs: hourMs,
  })
  const limits = [
    // By number, because journeys can take it from state, for a person whom they don't know.
    hourly(`to ${digest(`${realm} ${to}`)}`, maxCodesPerPerson),
    // rule R12: otherwise one client has one-time passwords sent to any number of telephones
    hourly(`for ${sourceOf(step.request.view.clientIp)}`, maxCodesPerAddress),
    all,
  ]
  for (const limit of limits) {
    if ((await world.limits.wait(limit)) === undefined) continue
    if (limit === all) await alarm(run)
    return false
  }
  effects.counts.push(...limits.filter(({ max }) => max > 0))
  return true
}

/** Once an hour. */
async function alarm(run: RunContext): Promise<void> {
  const taken = await run.world.limits.take(alarmsAboutMessages(run.step.request.realm.path))
  if (taken.kind === 'taken') recordAudit(run, { eventName: 'SIDEGATE-MESSAGES-EXHAUSTED', result: 'FAILED' })
}
