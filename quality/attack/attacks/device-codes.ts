import { wrongUserCodes } from '../../../src/oauth/device-codes.ts'
import { deviceGrantType } from '../../../src/oauth/endpoints.ts'
import { Device, formOf, submit } from '../../../test/support/device.ts'
import { RelyingParty, visit } from '../../../test/support/relying-party.ts'
import { signIn } from '../../../test/support/wire.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { victim } from '../checks.ts'

/** The attacker has an account and a device. They guess the codes of others, and send the victim links and forms with their own. */
export const deviceCodes: Attack = {
  name: 'device-codes',
  defence: 'S48: codes of devices are guessed without limit',
  goal: "tokens of the victim on the attacker's device, or the victim's device in the attacker's account",
  async play({ url }) {
    const tv = new RelyingParty(url, 'television')
    await tv.register({ advanced: { grantTypes: [deviceGrantType], isConsentImplied: true } })
    const attackers = new Device(tv)
    const { body } = await attackers.start()
    mustHold(body.verification_uri_complete === undefined, 'a link contains the code')
    const victims = await signIn(url, victim.userName, victim.password)
    await visit(`${attackers.page}?user_code=${attackers.userCode}&decision=allow`, victims)
    const attacker = await signIn(url, 'dana', 'Dana-Pass-2026')
    const form = formOf((await attackers.type(attacker)).text)
    await submit(form, { decision: 'allow' }, victims)
    mustHold(
      (await attackers.poll()).status === 400,
      "the victim's browser allowed the device of the attacker",
    )
    const guesses = await Promise.all(
      Array.from({ length: 3 * wrongUserCodes.perPerson }, () => attackers.type(attacker, 'BBBB-BBBB')),
    )
    const checked = guesses.filter(({ status }) => status === 200).length
    mustHold(checked <= wrongUserCodes.perPerson, `${checked} guesses were checked`)
    return `no link and no form allowed a device, and ${checked} of ${guesses.length} guesses were checked`
  },
}
