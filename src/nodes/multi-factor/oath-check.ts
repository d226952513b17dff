import type { OathCode, OathPort, Tried } from '../ports/ports.ts'
import type { OathDevice } from './oath-device.ts'

/** What {@link deviceAfterCode} has against a code. */
export const codeErrors = {
  'Password length should be 6 or 8.': 'What was typed is no code.',
  'The code is wrong': 'No code of the time is like it.',
  'The code is wrong or was used': 'None of the next codes is like it.',
  'The code was used, or is older than one that was': 'Each code counts once.',
  'OTP is out of sync.': 'The clock of the device is off by more than **TOTP Maximum Allowed Clock Drift**.',
} as const

type Rules = {
  algorithm: 'HOTP' | 'TOTP'
  hotpWindowSize: number
  totpTimeInterval: number
  totpTimeSteps: number
  totpHashAlgorithm: 'HMAC_SHA1' | 'HMAC_SHA256' | 'HMAC_SHA512'
  maximumAllowedClockDrift: number
}

const hashes: Readonly<Record<Rules['totpHashAlgorithm'], OathCode['hash']>> = {
  HMAC_SHA1: 'sha1',
  HMAC_SHA256: 'sha256',
  HMAC_SHA512: 'sha512',
}

/**
 * The device as it is once the code is used up, or why the code does not count.
 * @param now epoch milliseconds.
 */
export async function deviceAfterCode(
  oath: OathPort,
  device: OathDevice,
  code: string,
  rules: Rules,
  now: number,
): Promise<Tried<OathDevice>> {
  if (code.length !== 6 && code.length !== 8)
    return { kind: 'wrong', reason: 'Password length should be 6 or 8.' }
  const used =
    rules.algorithm === 'HOTP'
      ? await counted(oath, device, code, rules)
      : await timed(oath, device, code, rules, now)
  return typeof used === 'string'
    ? { kind: 'wrong', reason: used }
    : { kind: 'right', value: { ...used, lastAccessDate: now } }
}

/** RFC 4226: the counter only goes up, and people press the button more often than they sign in. */
async function counted(oath: OathPort, device: OathDevice, code: string, { hotpWindowSize }: Rules) {
  const { sharedSecret: secret, counter } = device
  const found = await oath.counterOf({ secret, code, counter, back: 0, ahead: hotpWindowSize, hash: 'sha1' })
  return found === undefined ? 'The code is wrong or was used' : { ...device, counter: found + 1 }
}

/** RFC 6238: the counter is the time. How far the clock of the device was off is remembered for the next time. */
async function timed(oath: OathPort, device: OathDevice, code: string, rules: Rules, now: number) {
  const { totpTimeInterval: interval, totpTimeSteps: steps } = rules
  const step = Math.floor(now / 1000 / interval)
  const found = await oath.counterOf({
    secret: device.sharedSecret,
    code,
    counter: step + Math.trunc(device.clockDriftSeconds / interval),
    back: steps,
    ahead: steps,
    hash: hashes[rules.totpHashAlgorithm],
  })
  if (found === undefined) return 'The code is wrong'
  if (found * interval <= device.lastLogin) return 'The code was used, or is older than one that was'
  if (Math.abs(found - step) > rules.maximumAllowedClockDrift) return 'OTP is out of sync.'
  return { ...device, lastLogin: found * interval, clockDriftSeconds: (found - step) * interval }
}
