import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { WalkFile } from '../../../bin/test.d.ts'
import type { Moment } from '../../../src/testing/walk-file.ts'
import { outputOn } from '../../support/walk-answers.ts'

/** The app creates a key and signs the challenge with it. */
async function bindPhone(moment: Moment) {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'phone', alg: 'ES256', use: 'sig' }
  const claims = { platform: 'android', challenge: String(outputOn(moment, 'challenge')) }
  const jws = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid, jwk })
    .setIssuer('com.example.app')
    .setSubject(String(outputOn(moment, 'userId')))
    .setExpirationTime(moment.now / 1000 + 60)
    .sign(privateKey)
  return { jws, deviceName: 'Phone', deviceId: 'phone' }
}

export default {
  journey: 'device-bind',
  people: { bound: { givenName: 'Kay', sn: 'Fox', mail: 'bound@example.com' } },
  walks: [
    {
      it: 'passes the device to a script',
      steps: [
        { answer: { NameCallback: 'bound' } },
        { answer: { ChoiceCallback: 5 } },
        { answer: { DeviceBindingCallback: bindPhone } },
        { answer: { ConfirmationCallback: 0 } },
      ],
      ends: { success: { realm: '/alpha' } },
    },
  ],
} satisfies WalkFile
