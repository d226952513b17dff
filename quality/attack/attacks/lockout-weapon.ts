import { asking, audited } from '../../../test/support/rest.ts'
import { adminPassword } from '../../../test/support/start-server.ts'
import { deviceCookieOf } from '../../../test/support/two-factor-play.ts'
import { authenticate } from '../../../test/support/wire.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'

type Target = { userName: string; password: string; realm: string }

const targets: readonly Target[] = [
  { userName: 'dana', password: 'Dana-Pass-2026', realm: 'alpha' },
  { userName: 'amadmin', password: adminPassword, realm: '/' },
]

const wrongPasswords = 15

/** The attacker sits in the same office and types wrong passwords, so that callers get no help. */
export const lockoutWeapon: Attack = {
  name: 'lockout weapon',
  defence:
    'S12: an attacker can lock the owner out of a known browser, or a known browser has unlimited attempts',
  goal: 'the agent and the administrator locked out while an attack goes on',
  async play({ url, administrator }) {
    for (const target of targets) {
      const { userName, realm } = target
      const device = deviceCookieOf(await enters(url, target))
      for (let guess = 0; guess < wrongPasswords; guess++) {
        await enters(url, { ...target, password: `wrong ${guess}` })
      }
      const stranger = await enters(url, target)
      mustHold(
        stranger.body.tokenId === undefined,
        `nothing stops an attacker who guesses the password of ${userName}`,
      )
      const owner = await enters(url, target, device)
      mustHold(owner.body.tokenId !== undefined, `${userName} is locked out of their known browser`)
      const path = realm === '/' ? '/realms/root' : `/realms/root/realms/${realm}`
      const query = `event=SIDEGATE-ACCOUNT-ATTACKED&whom=${userName}`
      const alarms = await audited(asking(url, administrator), query, path)
      mustHold(alarms.length === 1, `the audit trail has ${alarms.length} alarms about ${userName}`)
    }
    return `${wrongPasswords} wrong passwords locked neither out of a known browser, and raised one alarm each`
  },
}

function enters(url: string, { userName, password, realm }: Target, cookie = '') {
  const headers = {
    'x-openam-username': userName,
    'x-openam-password': password,
    ...(cookie === '' ? {} : { cookie }),
  }
  return authenticate(url, { headers, realm })
}
