import { newBackchannelToken } from '../../../test/support/backchannel-client.ts'
import { deskOpens } from '../../../test/support/help-desk-play.ts'
import { type Attack, mustHold } from '../attack.ts'
import { send } from '../checks.ts'

/** The attacker owns an application that may open transactions, and knows the reference of an agent's check. */
export const clientReadsChecks: Attack = {
  name: 'client reads checks',
  defence: 'S16: an application can read and cancel the checks of agents',
  goal: 'to watch, email or cancel the check of an agent with the token of an application',
  async play(scene) {
    const bearer = await newBackchannelToken(scene.url)
    const { reference, id } = await deskOpens(scene.url, scene.agent)
    for (const named of [{ reference }, { transaction: id }]) {
      const feed = await fetch(
        `${scene.url}/json/realms/root/realms/alpha/authenticate/backchannel/events?${new URLSearchParams(named)}`,
        { headers: { authorization: `Bearer ${bearer}` } },
      )
      await feed.body?.cancel()
      mustHold(feed.status === 403, 'the feed of the check is open to an application')
      for (const action of ['send', 'cancel']) {
        const { status } = await send(scene, `authenticate/backchannel/${action}`, { bearer, body: named })
        mustHold(status === 403, `${action} was answered with ${status}`)
      }
    }
    return 'an application can read, email and cancel only what it opened'
  },
}
