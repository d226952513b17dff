import { deskOpens } from '../../../test/support/help-desk-play.ts'
import { answerStep, signIn, startJourney, stepOf } from '../../../test/support/wire.ts'
import { type Attack, mustHold, type Scene } from '../attack.ts'
import { send } from '../checks.ts'

const noor = { name: 'noor', password: 'Noor-Pass-2026' }

/** An agent is dismissed during a call, or an attacker has the authId of an agent who signed out. */
export const dismissedAgent: Attack = {
  name: 'dismissed agent',
  defence: 'S14: an agent whose role was removed can read and cancel their checks by session',
  goal: 'to continue the checks of an agent whose role was removed or whose session ended',
  async play(scene) {
    const session = await signIn(scene.url, noor.name, noor.password)
    const headers = { iplanetdirectorypro: session }
    const waiting = await startJourney(scene.url, 'HelpDesk', { query: '&ForceAuth=true', headers })
    const { page, reference } = await deskOpens(scene.url, session)
    const journey = { 'x-sidegate-authid': stepOf(page).authId }
    await takeRole(scene)
    await opensNothing(scene, waiting, headers)
    for (const held of [{ session }, { headers: journey }]) {
      const body = 'session' in held ? { reference } : {}
      for (const action of ['send', 'cancel']) {
        const { status } = await send(scene, `authenticate/backchannel/${action}`, { ...held, body })
        mustHold(status === 403, `${action} was answered with ${status}`)
      }
    }
    const check = await send(scene, `help-desk/verifications/${reference}`, { session })
    mustHold(check.status === 403, 'the codes of the check can still be read')

    const other = await startJourney(scene.url, 'HelpDesk', {
      query: '&ForceAuth=true',
      headers: { iplanetdirectorypro: scene.agent },
    })
    await send(scene, 'sessions?_action=logout', { session: scene.agent, body: {} })
    await opensNothing(scene, other, {})
    await opensNothing(scene, other, { iplanetdirectorypro: scene.agent })
    return 'session and authId can no longer open, read, email or cancel a check'
  },
}

async function opensNothing(
  { url }: Scene,
  page: Parameters<typeof stepOf>[0],
  headers: Record<string, string>,
): Promise<void> {
  const { status } = await answerStep(url, page, ['alex@example.com'], { headers })
  mustHold(status !== 200, 'a check was opened')
}

async function takeRole(scene: Scene): Promise<void> {
  const base = scene.url.replace(/\/am$/, '/openidm/managed/alpha_user')
  const headers = { 'content-type': 'application/json', iplanetdirectorypro: scene.administrator }
  const found = await fetch(`${base}?_queryFilter=userName+eq+"${noor.name}"`, { headers })
  const { result } = (await found.json()) as { result: { _id: string }[] }
  const { status } = await fetch(`${base}/${result[0]?._id}?_action=setRoles`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ roles: [] }),
  })
  if (status !== 200) throw new Error(`the role was not removed: ${status}`)
}
