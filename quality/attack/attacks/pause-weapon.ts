import { agentOpens, deskOpens, linkOf } from '../../../test/support/help-desk-play.ts'
import { type Attack, mustHold, type Scene } from '../attack.ts'
import { send, victim } from '../checks.ts'

/** The attacker opens transactions about an employee in a journey that anyone may start, and rejects them. */
export const pauseWeapon: Attack = {
  name: 'pause weapon',
  defence: 'S03: an anonymous client can pause the checks of a person',
  goal: 'to keep the help desk from verifying an employee, so that it falls back to something weaker',
  async play(scene) {
    await anyoneStarts(scene)
    for (let round = 0; round < 5; round++) {
      const page = await agentOpens(scene.url)
      if (page.status !== 200) break
      const { id } = await linkOf(scene.url, page)
      await send(scene, 'authenticate/backchannel/reject', { body: { transaction: id } })
    }
    const found = await send(scene, `help-desk/people?q=${victim.userName}`, { session: scene.agent })
    const [person] = found.body.result as { pausedUntil: number | null }[]
    mustHold(person?.pausedUntil === null, 'checks of the employee are paused')
    await deskOpens(scene.url, scene.agent)
    return 'after five anonymous rejections, an agent could still check the employee'
  },
}

/** A realm where anonymous clients may start such a journey, with a low limit for agents. */
async function anyoneStarts(scene: Scene): Promise<void> {
  const { status } = await send(scene, 'realm-config/help-desk', {
    method: 'PUT',
    session: scene.administrator,
    body: { onlyAgentsStartChecks: false, maxChecksPerPerson: 2 },
  })
  if (status !== 200) throw new Error(`the realm could not be prepared: ${status}`)
}
