import { callerOpens } from '../../../test/support/help-desk-play.ts'
import { answerStep } from '../../../test/support/wire.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { beginCheck, openLink, readCheck, send, victim } from '../checks.ts'

/**
 * The attacker calls the desk as the victim and the victim as the desk. The victim opens the link and signs in;
 * the attacker types the code that the agent reads out, so the victim needn't be asked for it.
 */
export const relay: Attack = {
  name: 'relay',
  defence: 'H4: any code is right',
  goal: "the victim to pass a check for the attacker's call",
  async play(scene) {
    const { id, code, reference } = await beginCheck(scene)
    const typed = await answerStep(scene.url, await openLink(scene, id), [code])
    mustHold(typed.status === 200, 'the check ended before the attack')
    const wrongPlace = await answerStep(scene.url, await callerOpens(scene.url, id), [0])
    mustHold(wrongPlace.body.tokenId === undefined, 'the victim could continue without the code')
    const codeless = await answerStep(scene.url, wrongPlace, ['000000'])
    const signedIn = await answerStep(scene.url, codeless, [victim.password])
    mustHold(signedIn.body.tokenId === undefined, 'the victim could sign in after a wrong code')

    const described = await send(scene, 'authenticate/backchannel/describe', { body: { transaction: id } })
    const { openedBy, action, reverseCode } = described.body
    mustHold(
      [openedBy, action, reverseCode].every((one) => typeof one === 'string' && one !== ''),
      "the victim's page does not show agent, action and second code",
    )
    await send(scene, 'authenticate/backchannel/reject', { body: { transaction: id } })
    const late = await answerStep(scene.url, typed, [victim.password])
    mustHold(late.body.tokenId === undefined, 'the attacker could continue after "this is not me"')
    const { ending, verification } = await readCheck(scene, reference)
    mustHold(ending === 'notMe' && verification.grant.state === 'none', 'the check has a usable result')
    return 'a code counts only in its browser, the page shows agent, action and second code, and "this is not me" ends the check'
  },
}
