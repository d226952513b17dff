import { unclearAddresses } from '../../../test/support/unclear-addresses.ts'
import { answerStep, startJourney } from '../../../test/support/wire.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { send, victim } from '../checks.ts'

/** The victim signs in at the right server, with a link that redirects to the wrong one. */
export const openRedirect: Attack = {
  name: 'open redirect',
  defence: 'R2: a sign-in link can redirect to any site',
  goal: 'the victim redirected to another site from the familiar sign-in page',
  async play({ url, ...scene }) {
    for (const trap of unclearAddresses) {
      const query = `&ForceAuth=true&goto=${encodeURIComponent(trap)}`
      const start = await startJourney(url, 'Login', { query })
      const end = await answerStep(url, start, [victim.userName, victim.password])
      const { successUrl } = end.body
      mustHold(typeof successUrl === 'string', 'the victim could not sign in')
      mustHold(new URL(successUrl, url).origin === new URL(url).origin, `goto led to ${successUrl}`)
      const { body } = await send({ url, ...scene }, 'users?_action=validateGoto', {
        session: String(end.body.tokenId),
        body: { goto: trap },
      })
      mustHold(!String(body.successURL).includes('evil'), `validateGoto allows ${trap}`)
    }
    return `${unclearAddresses.length} spellings of another site, and none was a redirect`
  },
}
