import { z } from 'zod'
import { type Action, goTo } from '../../engine/action.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
import { factorErrors, personWithFactor, recoveryCodesToShow } from './multi-factor.ts'
import { asWebauthnDevice, pendingDeviceKey, storePasskey } from './webauthn-device.ts'

const outcomes = {
  success: 'Success',
  failure: 'Failure',
  exceedDeviceLimit: 'Exceed Device Limit',
} as const

type Outcome = keyof typeof outcomes

/** Stores the passkey that a registration left in transient state. Source: "WebAuthn Device Storage node". */
export const webauthnDeviceStorage = defineNode({
  type: 'WebAuthnDeviceStorageNode',
  title: 'WebAuthn Device Storage Node',
  help: 'Stores the passkey that an earlier WebAuthn Registration node left in transient state.',
  tags: ['mfa', 'multi-factor authentication'],
  config: () =>
    z.object({
      generateRecoveryCodes: flagSetting(
        'Generate recovery codes',
        'Creates recovery codes for a lost device. A Recovery Code Display node shows them.',
        true,
      ),
      maxSavedDevices: setting(
        'Maximum Saved Devices',
        'Maximum number of passkeys. 0 for any number.',
        z.int().min(0).default(0),
      ),
    }),
  outcomes: {
    all: outcomes,
    offered: ({ maxSavedDevices }): Outcome[] => [
      'success',
      'failure',
      ...(maxSavedDevices > 0 ? (['exceedDeviceLimit'] as const) : []),
    ],
  },
  reads: () => ['username', pendingDeviceKey],
  writes: () => Object.values(recoveryCodesToShow),
  errors: {
    warn: {
      ...factorErrors,
      'no passkey to store': 'No earlier WebAuthn Registration node left a passkey.',
    },
  },
  requires: () => ['username', pendingDeviceKey],
  needs: ['identities', 'devices'],
  reference: {
    outputs: 'the person’s passkeys',
    outcomes: {
      success: 'The passkey is stored.',
      failure: 'There was nothing to store.',
      exceedDeviceLimit: 'The person has reached the maximum number of passkeys.',
    },
  },
  async run({ config, state, identities, devices, log }): Promise<Action<Outcome>> {
    const person = await personWithFactor(state, identities)
    const device = asWebauthnDevice(devices.open(state.getText(pendingDeviceKey) ?? ''))
    if (typeof person === 'string' || device === undefined) {
      log.warn(typeof person === 'string' ? person : 'no passkey to store')
      return goTo('failure')
    }
    const options = { limit: config.maxSavedDevices, hasRecoveryCodes: config.generateRecoveryCodes }
    const isStored = await storePasskey({ devices, state }, person, device, options)
    return goTo(isStored ? 'success' : 'exceedDeviceLimit')
  },
})
