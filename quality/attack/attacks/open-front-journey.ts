import { caller } from '../../../test/support/help-desk-play.ts'
import { answerStep, startJourney } from '../../../test/support/wire.ts'
import { type Attack, mustHold, type Scene } from '../attack.ts'

const journeys = ['HelpDesk', 'VerifyWithCode', 'FallbackLadder', 'TwoAgents', 'HelpDeskLink']

/** The attacker is not signed in, and starts the help desk's own journeys. */
export const openFrontJourney: Attack = {
  name: 'open front journey',
  wants: 'to learn who exists, and to have genuine links mailed to them',
  async play(scene) {
    const seen = new Set<string>()
    for (const journey of journeys) {
      for (const address of [caller.mail, 'nobody@example.com']) {
        const { status, body } = await goesAsFarAsItCan(scene, journey, address)
        mustHold(status !== 200, `${journey} runs for a stranger`)
        seen.add(`${journey} ${status} ${body.message}`)
      }
    }
    mustHold(seen.size === journeys.length, 'a known address is answered differently from an unknown one')
    return `${journeys.length} front journeys refused a stranger, with one answer for known and unknown people`
  },
}

async function goesAsFarAsItCan({ url }: Scene, journey: string, address: string) {
  const page = await startJourney(url, journey, { query: '&ForceAuth=true&reason=Call+555-0199' })
  return page.body.authId === undefined ? page : answerStep(url, page, [address])
}
