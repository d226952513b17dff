import { caller } from '../../../test/support/help-desk-play.ts'
import { answerStep, startJourney } from '../../../test/support/wire.ts'
import { type Attack, mustHold, type Scene } from '../attack.ts'

const journeys = ['HelpDesk', 'VerifyWithCode', 'FallbackLadder', 'TwoAgents', 'HelpDeskLink']

/** The attacker is not signed in, and starts the help desk's journeys. */
export const openFrontJourney: Attack = {
  name: 'open front journey',
  defence: 'S02: anonymous clients can start help-desk journeys',
  goal: 'to learn which people exist, and to send them genuine links',
  async play(scene) {
    const seen = new Set<string>()
    for (const journey of journeys) {
      for (const address of [caller.mail, 'nobody@example.com']) {
        const { status, body } = await goesAsFarAsItCan(scene, journey, address)
        mustHold(status !== 200, `${journey} runs for an anonymous client`)
        seen.add(`${journey} ${status} ${body.message}`)
      }
    }
    mustHold(seen.size === journeys.length, 'a known address gets another answer than an unknown one')
    return `${journeys.length} front journeys rejected an anonymous client, with the same answer for known and unknown people`
  },
}

async function goesAsFarAsItCan({ url }: Scene, journey: string, address: string) {
  const page = await startJourney(url, journey, { query: '&ForceAuth=true&reason=Call+555-0199' })
  return page.body.authId === undefined ? page : answerStep(url, page, [address])
}
