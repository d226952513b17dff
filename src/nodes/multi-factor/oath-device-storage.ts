import { fail, goTo } from '../../engine/action.ts'
import { defineNode } from '../define-node.ts'
import { factorErrors, personWithFactor, recoveryCodesToShow } from './multi-factor.ts'
import { asOathDevice, pendingDevice, storeOathDevice } from './oath-device.ts'

/** Stores the authenticator that an OATH Registration node left in shared state. Source: "OATH Device Storage node". */
export const oathDeviceStorage = defineNode({
  type: 'OathDeviceStorageNode',
  title: 'OATH Device Storage Node',
  help: 'Stores the authenticator app that an earlier OATH Registration node left in shared state.',
  tags: ['multi-factor authentication'],
  outcomes: { all: { successOutcome: 'Success', failureOutcome: 'Failure' } },
  reads: () => ['username', ...Object.values(pendingDevice)],
  writes: () => Object.values(recoveryCodesToShow),
  errors: {
    error: { 'No device profile found on shared state': 'No earlier OATH Registration node left a device.' },
    fail: factorErrors,
  },
  needs: ['identities', 'devices'],
  reference: {
    outputs: 'the person’s authenticator, which is removed from state',
    outcomes: {
      successOutcome: 'The authenticator is stored.',
      failureOutcome: 'There was nothing to store.',
    },
  },
  async run({ state, log, identities, devices }) {
    const device = asOathDevice(devices.open(state.getText(pendingDevice.device) ?? ''))
    if (device === undefined) {
      log.error('No device profile found on shared state')
      return goTo('failureOutcome')
    }
    const person = await personWithFactor(state, identities)
    if (typeof person === 'string') return fail(person)
    const hasRecoveryCodes = state.get(pendingDevice.hasRecoveryCodes) === true
    await storeOathDevice({ devices, state }, person, device, hasRecoveryCodes)
    return goTo('successOutcome')
  },
})
