import { agentWatches } from '../../../test/support/help-desk-play.ts'
import { answerStep } from '../../../test/support/wire.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { checkBegins, checkNow, linkOpened, send, victim } from '../checks.ts'

/**
 * The attacker phones the desk as the victim and the victim as the desk, and passes on everything that either side reads
 * aloud: the code that the victim types, and the code by which the victim would know the agent. No code can tell this from
 * an honest call; the victim can, because they didn't call.
 */
export const trueRelay: Attack = {
  name: 'true-relay',
  wants: 'the victim to confirm a call that the attacker makes, with both codes passed on',
  async play(scene) {
    const { id, page, code, reference } = await checkBegins(scene)
    const feed = await agentWatches(scene.url, page)
    const [snapshot] = await feed.first(1)
    await feed.leave()
    const early = await checkNow(scene, reference)
    const asked = await send(scene, 'authenticate/backchannel/describe', { body: { transaction: id } })
    const seen = [snapshot?.data.reverseCode, early.verification.reverseCode, asked.body.reverseCode]
    mustHold(
      seen.every((reverseCode) => reverseCode === null),
      'the second code can be read out before the victim has said who called',
    )
    mustHold(asked.body.question === 'whoCalled', 'the page of the victim does not ask who called')

    const answer = await send(scene, 'authenticate/backchannel/reject', {
      body: { transaction: id, reason: 'calledMe' },
    })
    mustHold(answer.body.ending === 'calledMe', 'the victim cannot say that somebody called them')
    const typed = await answerStep(scene.url, await linkOpened(scene, id), [code])
    const late = typed.status === 200 ? await answerStep(scene.url, typed, [victim.password]) : typed
    mustHold(late.body.tokenId === undefined, 'the check went on after "somebody called me"')
    const { ending, verification } = await checkNow(scene, reference)
    mustHold(ending === 'calledMe' && verification.grant.state === 'none', 'the check has a result to use')
    mustHold(await isPaused(scene), 'the attacker can begin another check of the victim at once')
    return 'the page asks who called before any code is known, and "somebody called me" ends the check as an attack'
  },
}

async function isPaused(scene: Parameters<typeof send>[0]): Promise<boolean> {
  const { body } = await send(scene, 'help-desk/people?q=alex', { session: scene.agent })
  const people = body.result as { _id: string; pausedUntil: number | null }[]
  return people.some(({ _id, pausedUntil }) => _id === victim.id && pausedUntil !== null)
}
