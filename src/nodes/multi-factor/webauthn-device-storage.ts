import { z } from 'zod'
import { type Action, goTo } from '../../engine/action.ts'
import { defineNode, setting } from '../define-node.ts'
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
  version: '1.0',
  title: 'WebAuthn Device Storage Node',
  help: 'Stores the passkey that a WebAuthn Registration node before left in transient state.',
  tags: ['mfa', 'multi-factor authentication'],
  config: z.object({
    generateRecoveryCodes: setting(
      'Generate recovery codes',
      'Whether codes are made for the day the device is lost. A Recovery Code Display node shows them.',
      z.boolean().default(true),
    ),
    maxSavedDevices: setting(
      'Maximum Saved Devices',
      'How many devices somebody may have; 0 for any number.',
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
      'no passkey is waiting to be stored': 'No WebAuthn Registration node before left one.',
    },
  },
  requires: () => ['username', pendingDeviceKey],
  needs: ['identities', 'devices'],
  reference: {
    outputs: 'the passkeys of the person',
    outcomes: {
      success: 'It is stored.',
      failure: 'There was nothing to store.',
      exceedDeviceLimit: 'The person has as many as may be.',
    },
  },
  async run({ config, state, identities, devices, log }): Promise<Action<Outcome>> {
    const person = await personWithFactor(state, identities)
    const device = asWebauthnDevice(devices.open(state.getText(pendingDeviceKey) ?? ''))
    if (typeof person === 'string' || device === undefined) {
      log.warn(typeof person === 'string' ? person : 'no passkey is waiting to be stored')
      return goTo('failure')
    }
    const wanted = { limit: config.maxSavedDevices, hasRecoveryCodes: config.generateRecoveryCodes }
    const isStored = await storePasskey({ devices, state }, person, device, wanted)
    return goTo(isStored ? 'success' : 'exceedDeviceLimit')
  },
})
