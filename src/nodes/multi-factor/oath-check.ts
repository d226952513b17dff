import type { AttemptResult, OathCode, OathPort } from '../ports/ports.ts'
import type { OathDevice } from './oath-device.ts'

/** Reasons why {@link deviceAfterCode} rejects a code. */
export const codeErrors = {
  'Password length should be 6 or 8.': 'The text entered is not a code.',
  'The code is wrong': 'No code within the allowed time matches.',
  'The code is wrong or was used': 'None of the next codes matches.',
  'The code was used, or is older than one that was': 'Each code can be used once.',
  'OTP is out of sync.': 'The device’s clock is off by more than **TOTP Maximum Allowed Clock Drift**.',
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
 * The device after using the code, or the reason why the code is rejected.
 * @param now epoch milliseconds
 */
export async function deviceAfterCode(
  oath: OathPort,
  device: OathDevice,
  code: string,
  rules: Rules,
  now: number,
): Promise<AttemptResult<OathDevice>> {
  if (code.length !== 6 && code.length !== 8)
    return { kind: 'wrong', reason: 'Password length should be 6 or 8.' }
  // rule S05: otherwise an app with eight digits takes six of the same key, which are guessed sooner (RFC 4226, E.1)
  if (device.passwordLength === 8 && code.length !== 8) return { kind: 'wrong', reason: 'The code is wrong' }
  const used =
    rules.algorithm === 'HOTP'
      ? await checkHotp(oath, device, code, rules)
      : await checkTotp(oath, device, code, rules, now)
  return typeof used === 'string'
    ? { kind: 'wrong', reason: used }
    : { kind: 'right', value: { ...used, lastAccessDate: now } }
}

/**
 * HOTP (RFC 4226): the counter only increases, and may be ahead because people pressed the button without signing in.
 */
async function checkHotp(oath: OathPort, device: OathDevice, code: string, { hotpWindowSize }: Rules) {
  const { sharedSecret: secret, counter } = device
  const found = await oath.counterOf({ secret, code, counter, back: 0, ahead: hotpWindowSize, hash: 'sha1' })
  return found === undefined ? 'The code is wrong or was used' : { ...device, counter: found + 1 }
}

/** TOTP (RFC 6238): the counter is the time. The device's clock drift is stored for the next check. */
async function checkTotp(oath: OathPort, device: OathDevice, code: string, rules: Rules, now: number) {
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
  // rule S05: otherwise a code of an app can be used twice
  if (found * interval <= device.lastLogin) return 'The code was used, or is older than one that was'
  if (Math.abs(found - step) > rules.maximumAllowedClockDrift) return 'OTP is out of sync.'
  return { ...device, lastLogin: found * interval, clockDriftSeconds: (found - step) * interval }
}
