import { callerOpens, deskOpens } from '../../../test/support/help-desk-play.ts'
import { answerStep, startJourney, type WireAnswer } from '../../../test/support/wire.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { victim } from '../checks.ts'

const maxUnansweredJourneys = 100
const rounds = 10
const someone = 'kim@example.com'

/** Each alone stays below its share; together they fill the bound three times. */
const addresses = [
  ...Array.from({ length: 10 }, (_, network) => `203.0.${network}.66`),
  // A /60, as a cheap server has it, and a /48 of a customer.
  ...Array.from({ length: 10 }, (_, network) => `2001:db8:66:${network.toString(16)}::1`),
  ...Array.from({ length: 10 }, (_, network) => `2001:db8:77:${network}00::1`),
]

/** The attacker has many addresses, and starts journeys from all of them at once without answering any. */
export const startFlood: Attack = {
  name: 'start-flood',
  defence: 'S27: a flood drops the journeys of others',
  goal: 'no sign-in and no check for anybody, by filling the bound of unanswered journeys',
  settings: { maxUnansweredJourneys, trustedProxies: ['127.0.0.1'] },
  async play(scene) {
    const early = await startsFrom(scene, '198.51.100.7')
    const waiting = await deskStarts(scene)
    const before = await deskOpens(scene.url, scene.agent)
    const caller = await callerOpens(scene.url, before.id)
    for (let round = 0; round < rounds; round++) {
      const flood = addresses.map((address) => startsFrom(scene, address))
      const [own, check] = await Promise.all([
        startsFrom(scene, `198.51.100.${20 + round}`),
        deskStarts(scene),
        ...flood,
      ])
      const signedIn = await enters(scene, own, [victim.userName, victim.password])
      mustHold(signedIn === 200, `a sign-in during the flood got ${signedIn}`)
      const opened = await enters(scene, check, [someone], scene.agent)
      mustHold(opened === 200, `the check of an agent got ${opened}`)
    }
    const late = await enters(scene, early, [victim.userName, victim.password])
    mustHold(late === 200, `a journey from before the flood was dropped: ${late}`)
    const agent = await enters(scene, waiting, [someone], scene.agent)
    mustHold(agent === 200, `the journey of an agent was dropped: ${agent}`)
    const verified = await enters(scene, caller, [victim.password])
    mustHold(verified === 200, `the caller could not finish the check: ${verified}`)
    return `${rounds * addresses.length} starts from ${addresses.length} addresses displaced each other; sign-ins, agents and the caller went on`
  },
}

function startsFrom({ url }: Scene, address: string): Promise<WireAnswer> {
  return startJourney(url, 'Login', { headers: { 'x-forwarded-for': address } })
}

function deskStarts({ url, agent }: Scene): Promise<WireAnswer> {
  return startJourney(url, 'HelpDesk', { query: '&ForceAuth=true', headers: { iplanetdirectorypro: agent } })
}

/** @returns the status of the answer to a page, or of the refusal of the page. */
async function enters(
  { url }: Scene,
  page: WireAnswer,
  values: readonly string[],
  session?: string,
): Promise<number> {
  if (page.body.authId === undefined) return page.status
  const headers = session === undefined ? undefined : { iplanetdirectorypro: session }
  return (await answerStep(url, page, [...values], headers && { headers })).status
}
