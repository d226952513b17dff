import { agentWatches } from '../../../test/support/help-desk-play.ts'
import { answerStep } from '../../../test/support/wire.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { beginCheck, openLink, readCheck, send, victim } from '../checks.ts'

/**
 * The attacker calls the desk as the victim and the victim as the desk, and relays both codes. No code can tell
 * this from an honest call; the victim can, because they didn't call.
 */
export const trueRelay: Attack = {
  name: 'true-relay',
  defence: 'H5: the agent can read the reverse code out before the caller has said who called',
  goal: "the victim to confirm the attacker's call, with both codes relayed",
  async play(scene) {
    const { id, page, code, reference } = await beginCheck(scene)
    const feed = await agentWatches(scene.url, page)
    const [snapshot] = await feed.first(1)
    await feed.leave()
    const early = await readCheck(scene, reference)
    const asked = await send(scene, 'authenticate/backchannel/describe', { body: { transaction: id } })
    const seen = [snapshot?.data.reverseCode, early.verification.reverseCode, asked.body.reverseCode]
    mustHold(
      seen.every((reverseCode) => reverseCode === null),
      'the second code is available before the victim says who called',
    )
    mustHold(asked.body.question === 'whoCalled', "the victim's page does not ask who called")

    const answer = await send(scene, 'authenticate/backchannel/reject', {
      body: { transaction: id, reason: 'calledMe' },
    })
    mustHold(answer.body.ending === 'calledMe', 'the victim cannot report that they were called')
    const typed = await answerStep(scene.url, await openLink(scene, id), [code])
    const late = typed.status === 200 ? await answerStep(scene.url, typed, [victim.password]) : typed
    mustHold(late.body.tokenId === undefined, 'the check continued after "someone called me"')
    const { ending, verification } = await readCheck(scene, reference)
    mustHold(ending === 'calledMe' && verification.grant.state === 'none', 'the check has a usable result')
    mustHold(await isPaused(scene), 'the victim could be checked again at once')
    return 'the page asks who called before any code is known, and "someone called me" ends the check as an attack'
  },
}

async function isPaused(scene: Parameters<typeof send>[0]): Promise<boolean> {
  const { body } = await send(scene, 'help-desk/people?q=alex', { session: scene.agent })
  const people = body.result as { _id: string; pausedUntil: number | null }[]
  return people.some(({ _id, pausedUntil }) => _id === victim.id && pausedUntil !== null)
}
