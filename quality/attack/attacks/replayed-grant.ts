import { accessToken, configureClient } from '../../../test/support/backchannel-client.ts'
import { clientDocument } from '../../../test/support/oauth-server.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { action, passCheck, send, victim } from '../checks.ts'

/** The attacker finds the grant of a check that the victim passed, in a ticket or a log. */
export const replayedGrant: Attack = {
  name: 'replayed grant',
  defence: 'H13: a grant for one action can be used for another',
  goal: 'another action, or a second use, with the grant of an old check',
  async play(scene) {
    const client = { id: 'attacked-tool' }
    const document = clientDocument({ scopes: ['verification_grant'], defaultScopes: [] })
    await configureClient(scene.url, scene.administrator, 'PUT', client, document)
    const bearer = await accessToken(scene.url, { ...client, wanted: 'verification_grant' })
    const consume = async (body: object) =>
      (await send(scene, 'verification/grants?_action=consume', { bearer, body })).status

    const { reference } = await passCheck(scene)
    const made = await send(scene, `help-desk/verifications/${reference}?_action=grant`, {
      session: scene.agent,
      body: {},
    })
    const grant = String(made.body.grant)
    const [, content = '', signature = ''] = grant.split('.')
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url')
    const asked = { grant, action, subject: victim.userName }
    const forged = [
      { ...asked, action: 'Delete the account' },
      { ...asked, subject: 'dana' },
      { ...asked, grant: `${unsigned}.${content}.` },
      { ...asked, grant: `${unsigned}.${content}.${signature}` },
      { ...asked, grant: `${grant.slice(0, -6)}AAAAAA` },
    ]
    for (const body of forged) mustHold((await consume(body)) === 409, 'a changed grant was accepted')
    const together = await Promise.all(Array.from({ length: 8 }, () => consume(asked)))
    mustHold(together.filter((status) => status === 200).length === 1, 'a grant was used more than once')
    mustHold((await consume(asked)) === 409, 'a used grant was accepted again')
    return 'of eight tools with one grant, one could use it, and none with another action, person or signature'
  },
}
