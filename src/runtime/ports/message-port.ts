import type { MessagePort } from '../../nodes/ports/ports.ts'
import { internationalNumber } from '../../people/telephone-number.ts'
import { digest } from '../../secrets/digest.ts'
import type { RunContext } from '../run-context.ts'

/** One-time passwords are useless after this time. */
const usefulMs = 5 * 60_000

/** Collects the text messages of a step. They are sent after its commit, and the commit guards their limit. */
export function messagePort({ world, step, effects }: RunContext): MessagePort {
  const { path: realm, settings } = step.request.realm
  const { sms, defaultCountry, maxCodesPerPerson: max } = settings.messaging
  const { locales, baseUrl } = step.request.view
  return {
    async sendText(number, text) {
      if (sms === null) return 'noGateway'
      const to = await internationalNumber(number, defaultCountry)
      if (to === undefined) return 'noNumber'
      // By number, because journeys can take it from state, for a person whom they don't know.
      const limit = { key: `${realm} codes texted to ${digest(`${realm} ${to}`)}`, max, windowMs: 3_600_000 }
      if ((await world.limits.wait(limit)) !== undefined) return 'tooMany'
      if (max > 0) effects.counts.push(limit)
      const expiresAt = step.now + usefulMs
      effects.messages.push({
        realm,
        channel: 'sms',
        to,
        text,
        locale: locales[0] ?? 'en',
        baseUrl,
        expiresAt,
      })
      return undefined
    },
  }
}
