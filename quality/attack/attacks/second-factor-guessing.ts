import {
  type App,
  enterCode,
  enterPassword,
  enterRecoveryCode,
  nowSeconds,
  registerApp,
  saveTwoFactors,
} from '../../../test/support/two-factor-play.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { victim } from '../checks.ts'

const atOnce = 30

/** The attacker knows the password, and guesses codes of the app and recovery codes, many at once. */
export const secondFactorGuessing: Attack = {
  name: 'second-factor guessing',
  defence: 'S05: a locked factor is still checked',
  goal: 'a session of a person whose password leaked, without their phone',
  prepare: (stores) => saveTwoFactors(stores),
  async play(scene) {
    const app = await registerApp(scene.url, victim.userName)
    const codes = await guesses(scene, app.wrongCode(), enterCode)
    const recovery = await guesses(scene, 'AAAAAAAAAA', enterRecoveryCode)
    // Afterwards even the right code must not work.
    mustHold(!(await signsIn(scene, app)), `after ${codes} wrong codes the right one signed in`)
    const page = await enterPassword(scene.url, victim.userName, victim.password)
    const { body } = await enterRecoveryCode(scene.url, page, app.recoveryCodes[0] ?? '')
    mustHold(body.tokenId === undefined, `after ${recovery} wrong recovery codes a right one signed in`)
    return `after ${codes} wrong codes and ${recovery} wrong recovery codes the right ones were rejected`
  },
}

async function guesses({ url }: Scene, wrong: string, enter: typeof enterCode): Promise<number> {
  const open = () => enterPassword(url, victim.userName, victim.password)
  const pages = await Promise.all(Array.from({ length: atOnce }, open))
  const ends = await Promise.all(pages.map((page) => enter(url, page, wrong)))
  mustHold(
    ends.every(({ body }) => body.tokenId === undefined),
    'a wrong code signed in',
  )
  return ends.length
}

async function signsIn({ url }: Scene, app: App): Promise<boolean> {
  const page = await enterPassword(url, victim.userName, victim.password)
  return (await enterCode(url, page, app.codeAt(nowSeconds()))).body.tokenId !== undefined
}
