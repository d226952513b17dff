import { z } from 'zod'
import { fail } from '../../engine/action.ts'
import { defineNode, setting } from '../define-node.ts'
import { oathSettings } from './app-registration.ts'
import { asOathDevice, pendingDevice, randomOathDevice } from './oath-device.ts'
import { labelOf, oathHost, oathParameters } from './oath-registration-uri.ts'
import {
  type Enrolment,
  enrol,
  enrolmentCallbacks,
  enrolmentErrors,
  enrolmentKeys,
  enrolmentOutcomes,
  enrolmentReference,
  hasPushDevice,
  type PushContext,
  pushSettings,
} from './push-enrolment.ts'

const config = () =>
  z.object({
    ...pushSettings,
    ...oathSettings,
    policiesJson: setting(
      'JSON Authenticator Policies',
      'Policies that the app must meet, such as `{"biometricAvailable": {}}`.',
      z.string().refine(isJson, 'must be JSON').default(''),
    ),
  })

type Context = PushContext & { config: z.infer<ReturnType<typeof config>> } & {
  oath: { base32(secret: string): Promise<string> }
}

/** Registers an authenticator app for push notifications and one-time passwords. Source: "Combined MFA Registration node". */
export const combinedMultiFactorRegistration = defineNode({
  type: 'CombinedMultiFactorRegistrationNode',
  title: 'Combined MFA Registration',
  help: 'Registers an authenticator app for push notifications and one-time passwords with one QR code.',
  tags: ['mfa', 'multi-factor authentication'],
  config,
  outcomes: { all: enrolmentOutcomes },
  reads: () => [...enrolmentKeys.reads, pendingDevice.device],
  writes: () => [...enrolmentKeys.writes, pendingDevice.device],
  callbacks: enrolmentCallbacks,
  errors: {
    ...enrolmentErrors,
    fail: {
      ...enrolmentErrors.fail,
      'A checksum digit or a truncation offset of HOTP is not supported':
        '**HOTP Checksum Digit** is enabled, or **HOTP Truncation Offset** is not -1.',
    },
  },
  requires: () => ['username'],
  needs: ['identities', 'devices', 'secrets', 'push', 'oath'],
  reference: {
    outputs:
      'the person’s push device and authenticator, which share recovery codes, and the attribute `push2faEnabled`',
    ...enrolmentReference,
    example: 'After a password, for people without a second factor.',
  },
  run(context) {
    const { algorithm, addChecksum, truncationOffset } = context.config
    if (algorithm === 'HOTP' && (addChecksum || truncationOffset !== -1)) {
      return fail('A checksum digit or a truncation offset of HOTP is not supported')
    }
    return enrol(context, combined(context))
  },
})

function combined(context: Context): Enrolment {
  const { config, state, devices, secrets, oath, now } = context
  const pending = () => asOathDevice(devices.open(state.getText(pendingDevice.device) ?? ''))
  return {
    isRegistered: async (person) =>
      (await hasPushDevice(context, person)) || (await devices.registered(person._id, 'oath')).length > 0,
    prepare() {
      state.putShared(pendingDevice.device, devices.seal(randomOathDevice(secrets, now, config)))
    },
    async uri(person, parameters) {
      const { sharedSecret, counter } = pending() ?? { sharedSecret: '', counter: 0 }
      const all = {
        ...parameters,
        ...oathParameters(config, await oath.base32(sharedSecret), counter),
        ...(config.policiesJson === ''
          ? {}
          : { policies: Buffer.from(config.policiesJson).toString('base64url') }),
      }
      return `mfauth://${oathHost(config)}/${labelOf(config, person)}?${new URLSearchParams(all)}`
    },
    async finish(person, recoveryCodes) {
      const device = pending()
      if (device === undefined) return false
      await devices.save(person._id, 'oath', [{ ...device, recoveryCodes }])
      return true
    },
    cleanUp: () => void state.remove(pendingDevice.device),
  }
}

function isJson(text: string): boolean {
  try {
    if (text !== '') JSON.parse(text)
    return true
  } catch {
    return false
  }
}
