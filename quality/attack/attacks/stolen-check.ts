import { type Attack, mustHold, type Scene } from '../attack.ts'
import { action, beginCheck, passCheck, send, victim } from '../checks.ts'
import { createRogue, type Rogue } from '../staff.ts'

/** An agent takes checks over that nobody offered, and a former agent goes on with one that was handed over. */
export const stolenCheck: Attack = {
  name: 'stolen check',
  defence: 'H24: an agent of another realm, or a person without the role, becomes the agent of a check',
  goal: 'the codes or the result of a check that is not, or no longer, the own one',
  async play(scene) {
    const rogue = await createRogue(scene, 'thief', ['agent'])
    const honest = await createRogue(scene, 'colleague', ['agent'])
    await takesUnoffered(scene, rogue, honest)
    await takesBackGrant(scene, rogue, honest)
    await takesInOtherRealm(scene)
    return 'checks change hands only by an offer to that agent or the team, and a former agent can use nothing'
  },
}

const act = (scene: Scene, session: string, reference: string, name: string, body: object = {}) =>
  send(scene, `help-desk/verifications/${reference}?_action=${name}`, { session, body })

async function takesUnoffered(scene: Scene, rogue: Rogue, honest: Rogue): Promise<void> {
  const { reference, code } = await beginCheck(scene)
  const tries = async (when: string) => {
    const taken = await act(scene, rogue.session, reference, 'takeOver')
    mustHold(taken.status >= 400, `a check was taken over ${when}`)
    const read = await send(scene, `help-desk/verifications/${reference}`, { session: rogue.session })
    mustHold(!JSON.stringify(read.body).includes(code), `the code can be read ${when}`)
  }
  await tries('without an offer')
  await act(scene, rogue.session, reference, 'offer', { to: null })
  await tries('after the thief offered it')
  await act(scene, scene.agent, reference, 'offer', { to: honest.id })
  await tries('after an offer to another agent')
  await act(scene, scene.agent, reference, 'withdrawOffer')
  const withdrawn = await act(scene, honest.session, reference, 'takeOver')
  mustHold(withdrawn.status === 409, 'a withdrawn offer was accepted')
}

/** The rogue is the honest agent's former colleague here: the check was theirs until it was handed over. */
async function takesBackGrant(scene: Scene, rogue: Rogue, honest: Rogue): Promise<void> {
  const { reference } = await passCheck(scene)
  await act(scene, scene.agent, reference, 'offer', { to: null })
  await act(scene, rogue.session, reference, 'takeOver')
  const { body } = await act(scene, rogue.session, reference, 'grant')
  await act(scene, rogue.session, reference, 'offer', { to: null })
  const taken = await act(scene, honest.session, reference, 'takeOver')
  mustHold(taken.status === 200, `an honest takeover failed with ${taken.status}`)
  for (const name of ['use', 'grant', 'takeOver']) {
    const { status } = await act(scene, rogue.session, reference, name)
    mustHold(status >= 400, `a former agent could ${name}`)
  }
  const grant = { grant: body.grant, action, subject: victim.userName }
  const consumed = await send(scene, 'verification/grants?_action=consume', {
    session: rogue.session,
    body: grant,
  })
  mustHold(consumed.status >= 400, 'the grant of a former agent was consumed')
}

/** An administrator of the root realm may watch checks of other realms, but is no agent there. */
async function takesInOtherRealm(scene: Scene): Promise<void> {
  const { reference } = await beginCheck(scene)
  const { status } = await act(scene, scene.administrator, reference, 'takeOver')
  mustHold(status === 409, 'a person of another realm became the agent of a check')
}
