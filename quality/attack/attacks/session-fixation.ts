import { answerStep, startJourney } from '../../../test/support/wire.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { send, victim } from '../checks.ts'

/** The attacker sets a cookie in the victim's browser before the sign-in, or starts the journey for them. */
export const sessionFixation: Attack = {
  name: 'session fixation',
  defence: 'R4: an answered step gives its answer to any later request',
  goal: 'a session whose token the attacker knows',
  async play(scene) {
    const own = await signIn(scene, 'sam.one', 'Sam1-Pass-2026')
    for (const planted of [own, 'A'.repeat(43), 'AQIC5wM2LY4SfczAttacker.*AAJTSQACMDE.*']) {
      const got = await signIn(scene, victim.userName, victim.password, planted)
      mustHold(got !== planted, "the planted token became the victim's session")
      mustHold(
        (await whose(scene, planted)) !== victim.userName,
        "the planted token has the victim's session",
      )
    }
    const step = await startJourney(scene.url, 'Login')
    const end = await answerStep(scene.url, step, [victim.userName, victim.password])
    const replay = await answerStep(scene.url, step, ['sam.one', 'Sam1-Pass-2026'])
    mustHold(end.body.tokenId !== undefined, 'the victim could not sign in')
    mustHold(replay.body.tokenId === undefined, 'an answered step gave another session')
    return 'every sign-in gets a new token, and an answered step cannot be answered again'
  },
}

async function signIn(scene: Scene, name: string, password: string, planted?: string): Promise<string> {
  const headers: Record<string, string> =
    planted === undefined ? {} : { cookie: `iPlanetDirectoryPro=${planted}` }
  const start = await startJourney(scene.url, 'Login', { headers, query: '&ForceAuth=true' })
  const end = await answerStep(scene.url, start, [name, password], { headers })
  return String(end.body.tokenId)
}

async function whose(scene: Scene, session: string): Promise<unknown> {
  return (await send(scene, 'users?_action=idFromSession', { session, body: {} })).body.id
}
