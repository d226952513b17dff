import { deskOpens } from '../../../test/support/help-desk-play.ts'
import { answerStep, startJourney } from '../../../test/support/wire.ts'
import { type Attack, mustHold, type Scene } from '../attack.ts'
import { completeCheck, readCheck, send, victim } from '../checks.ts'

/** A rogue agent alone looks for the easiest way to a result that a tool accepts. */
export const weakCheck: Attack = {
  name: 'weak check',
  defence: 'S09: an agent can open a check with a journey that the realm does not offer',
  goal: 'a grant for a privileged account, for an invented action, or with a weaker check than the realm requires',
  async play(scene) {
    const privileged = await begins(scene, 'HelpDesk', 'noor@example.com', 'Unlock the account')
    mustHold(privileged.status !== 200, 'one agent opened a check of a privileged account')
    const invented = await begins(scene, 'HelpDesk', `${victim.userName}@example.com`, 'Pay a bonus')
    mustHold(invented.status !== 200, 'a check was opened for an action that the realm does not list')
    await onlyOffers(scene, 'TwoAgents')
    const unlisted = await begins(
      scene,
      'VerifyWithCode',
      `${victim.userName}@example.com`,
      'Unlock the account',
    )
    mustHold(unlisted.status !== 200, 'a check was opened by a journey that the realm does not offer')
    await onlyOffers(scene, 'VerifyWithCode')
    mustHold(await isTooWeak(scene), 'a password could be reset after a check with one factor')
    return 'no check of a privileged account, for an invented action, by an unlisted journey, and no reset after one factor'
  },
}

async function onlyOffers(scene: Scene, journey: string): Promise<void> {
  await send(scene, 'realm-config/help-desk', {
    method: 'PUT',
    session: scene.administrator,
    body: { checks: [{ journey }] },
  })
}

async function begins({ url, agent }: Scene, journey: string, address: string, action: string) {
  const headers = { iplanetdirectorypro: agent }
  const query = `&ForceAuth=true&${new URLSearchParams({ action })}`
  const page = await startJourney(url, journey, { query, headers })
  return page.body.authId === undefined ? page : answerStep(url, page, [address], { headers })
}

/** The caller proves only a password, and the agent asks for the grant of a reset. */
async function isTooWeak(scene: Scene): Promise<boolean> {
  const { id, reference } = await deskOpens(scene.url, scene.agent, {
    journey: 'VerifyWithCode',
    what: { action: 'Reset the password' },
  })
  const { code } = (await readCheck(scene, reference)).verification
  await completeCheck(scene, id, String(code))
  const grant = await send(scene, `help-desk/verifications/${reference}?_action=grant`, {
    session: scene.agent,
    body: {},
  })
  return grant.status !== 200
}
