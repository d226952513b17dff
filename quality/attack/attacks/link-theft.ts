import { callerEnters, callerOpens, deskOpens } from '../../../test/support/help-desk-play.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { readCheck, send } from '../checks.ts'

/** The attacker reads the link in a mailbox, and signs in with their own account. */
export const linkTheft: Attack = {
  name: 'link theft',
  defence: "H7: the caller's page names its subject",
  goal: 'to pass the check as the person whose link it is, or at least to learn who that is',
  async play(scene) {
    const { id, reference } = await deskOpens(scene.url, scene.agent)
    const described = await send(scene, 'authenticate/backchannel/describe', { body: { transaction: id } })
    mustHold(!/alex|caller/i.test(String(described.body.subject)), 'the link reveals its person')
    for (const method of ['GET', 'HEAD']) {
      await fetch(`${scene.url}/XUI/?realm=/alpha&authIndexType=transaction&authIndexValue=${id}`, { method })
    }
    const untouched = await readCheck(scene, reference)
    mustHold(untouched.state === 'CREATED', 'a scanner that opens links started the check')

    const question = await callerOpens(scene.url, id)
    const signedIn = await callerEnters(scene.url, question, 'Sam1-Pass-2026')
    mustHold(signedIn.body.tokenId === undefined, 'the password of another person signed in')
    const session = await send(scene, 'authenticate', {
      headers: { 'x-openam-username': 'sam.one', 'x-openam-password': 'Sam1-Pass-2026' },
      method: 'POST',
      body: '',
    })
    const asSam = String(session.body.tokenId)
    await callerOpens(scene.url, id, { query: '', headers: { iplanetdirectorypro: asSam } })
    const { result } = await readCheck(scene, reference)
    mustHold(result !== 'APPROVED', 'the check was approved')
    return 'opening changes nothing, the page shows only initials, and only the subject can complete it'
  },
}
