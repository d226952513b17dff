import { callerEnters, callerOpens, deskOpens } from '../../../test/support/help-desk-play.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { readCheck, send, victim } from '../checks.ts'

const racers = 8

/** The link is open in eight browsers, which send the right password at once. */
export const doubleCompletion: Attack = {
  name: 'double completion',
  defence: 'H15: a result does not end its transaction',
  goal: 'a second result of one check, for a second call',
  async play(scene) {
    const { id, reference } = await deskOpens(scene.url, scene.agent)
    const pages = await Promise.all(Array.from({ length: racers }, () => callerOpens(scene.url, id)))
    const ends = await Promise.all(pages.map((page) => callerEnters(scene.url, page, victim.password)))
    const winners = ends.filter(({ body }) => body.tokenId !== undefined)
    mustHold(winners.length === 1, `${winners.length} of ${racers} completed it`)
    const late = await callerEnters(scene.url, await callerOpens(scene.url, id), victim.password)
    mustHold(late.body.tokenId === undefined, 'the link of a finished check signed in again')
    await send(scene, `help-desk/verifications/${reference}?_action=cancel`, {
      session: scene.agent,
      body: {},
    })
    mustHold((await readCheck(scene, reference)).result === 'APPROVED', 'a result was revoked')
    return `of ${racers} browsers, one completed the check, and nothing changed it afterwards`
  },
}
