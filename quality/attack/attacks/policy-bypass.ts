import { deskOpens } from '../../../test/support/help-desk-play.ts'
import { answerStep, startJourney } from '../../../test/support/wire.ts'
import { type Attack, mustHold, type Scene } from '../attack.ts'
import { action, completeCheck, readCheck, send, victim } from '../checks.ts'
import { createRogue } from '../staff.ts'

/** A rogue agent looks for a way around what a policy of the realm demands. */
export const policyBypass: Attack = {
  name: 'policy bypass',
  defence: 'H23: a check opens with a journey that can’t reach the level',
  goal: 'a usable result that lacks the level or the delay of a policy',
  async play(scene) {
    await opensWeakCheck(scene)
    await usesAfterChange(scene)
    await usesDelayed(scene)
    await changesPolicies(scene)
    return 'no weak check under a policy, no use of a result before its delay, after its withdrawal or after a change of settings'
  },
}

/** Other spellings of the action, no action, and every check that the realm offers. */
async function opensWeakCheck(scene: Scene): Promise<void> {
  await policies(scene, { name: 'Accounts', actions: [action.toUpperCase()], needs: { level: 2 } })
  for (const journey of ['HelpDesk', 'VerifyWithCode', 'HelpDeskLink']) {
    for (const spelling of [action, ` ${action} `, action.toLowerCase()]) {
      const { status } = await begins(scene, journey, spelling)
      mustHold(status !== 200, `${journey} opened a check for '${spelling}'`)
    }
  }
  await policies(scene)
}

/** The check opens under a policy, which is gone when the result is used. */
async function usesAfterChange(scene: Scene): Promise<void> {
  await policies(scene, { name: 'Slow', needs: { delayMinutes: 60 } })
  const reference = await passes(scene)
  await policies(scene)
  mustHold(!(await isUsable(scene, reference)), 'a delay was forgotten with its policy')
}

/** The agent can't use a delayed result, and nobody can after its withdrawal. */
async function usesDelayed(scene: Scene): Promise<void> {
  await policies(scene, { name: 'Slow', needs: { delayMinutes: 60 } })
  const reference = await passes(scene)
  mustHold(!(await isUsable(scene, reference)), 'a delayed result could be used at once')
  await policies(scene)
  const withdrawn = await send(scene, `help-desk/verifications/${reference}?_action=withdraw`, {
    session: scene.administrator,
    body: {},
  })
  const { verification } = await readCheck(scene, reference)
  mustHold(withdrawn.status === 200 && verification.grant.state === 'withdrawn', 'a withdrawal was forgotten')
  mustHold(!(await isUsable(scene, reference)), 'a withdrawn result could be used')
}

async function changesPolicies(scene: Scene): Promise<void> {
  const rogue = await createRogue(scene, 'policy-rogue', ['agent-lead', 'agent'])
  const { status } = await send(scene, 'realm-config/help-desk', {
    method: 'PUT',
    session: rogue.session,
    body: { policies: [] },
  })
  mustHold(status === 403, 'a lead changed the policies of the realm')
}

async function policies(scene: Scene, ...all: object[]): Promise<void> {
  const { status } = await send(scene, 'realm-config/help-desk', {
    method: 'PUT',
    session: scene.administrator,
    body: { policies: all },
  })
  mustHold(status === 200, 'the policies could not be saved')
}

async function begins({ url, agent }: Scene, journey: string, spelling: string) {
  const headers = { iplanetdirectorypro: agent }
  const query = `&ForceAuth=true&${new URLSearchParams({ action: spelling })}`
  const page = await startJourney(url, journey, { query, headers })
  return answerStep(url, page, [`${victim.userName}@example.com`], { headers })
}

async function passes(scene: Scene): Promise<string> {
  const { id, reference } = await deskOpens(scene.url, scene.agent, { journey: 'VerifyWithCode' })
  const { code } = (await readCheck(scene, reference)).verification
  await completeCheck(scene, id, String(code))
  return reference
}

async function isUsable(scene: Scene, reference: string): Promise<boolean> {
  const uses = await Promise.all(
    ['grant', 'use'].map((name) =>
      send(scene, `help-desk/verifications/${reference}?_action=${name}`, {
        session: scene.agent,
        body: {},
      }),
    ),
  )
  return uses.some(({ status }) => status === 200)
}
