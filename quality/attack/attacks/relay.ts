import { callerOpens } from '../../../test/support/help-desk-play.ts'
import { answerStep } from '../../../test/support/wire.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { checkBegins, checkNow, linkOpened, send, victim } from '../checks.ts'

/**
 * The attacker phones the desk as the victim and the victim as the desk. The victim is told to open the link and sign in; the
 * code that the agent reads out is typed by the attacker, so that the victim need not be asked for it.
 */
export const relay: Attack = {
  name: 'relay',
  wants: 'the victim to prove who they are for a call that the attacker makes',
  async play(scene) {
    const { id, code, reference } = await checkBegins(scene)
    const typed = await answerStep(scene.url, await linkOpened(scene, id), [code])
    mustHold(typed.status === 200, 'the check ended before the attack began')
    const wrongPlace = await answerStep(scene.url, await callerOpens(scene.url, id), [0])
    mustHold(wrongPlace.body.tokenId === undefined, 'the victim was let through without the code')
    const codeless = await answerStep(scene.url, wrongPlace, ['000000'])
    const signedIn = await answerStep(scene.url, codeless, [victim.password])
    mustHold(signedIn.body.tokenId === undefined, 'a wrong code let the victim go on and sign in')

    const told = await send(scene, 'authenticate/backchannel/describe', { body: { transaction: id } })
    const { openedBy, action, reverseCode } = told.body
    mustHold(
      [openedBy, action, reverseCode].every((one) => typeof one === 'string' && one !== ''),
      'the page of the victim does not say who asks, for what, and what the agent must know',
    )
    await send(scene, 'authenticate/backchannel/reject', { body: { transaction: id } })
    const late = await answerStep(scene.url, typed, [victim.password])
    mustHold(late.body.tokenId === undefined, 'the attacker went on after "this is not me"')
    const { ending, verification } = await checkNow(scene, reference)
    mustHold(ending === 'notMe' && verification.grant.state === 'none', 'the check has a result to use')
    return 'a code counts where it is typed, the page names agent, action and second code, and "this is not me" ends it for all'
  },
}
