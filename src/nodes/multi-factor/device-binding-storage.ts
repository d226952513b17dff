import { goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { asBoundDevice, pendingBindingKey, storeBoundDevice } from './bound-device.ts'
import { personWithFactor } from './multi-factor.ts'

/** Stores the device that a Device Binding node left in transient state. Source: "Device Binding Storage node". */
export const deviceBindingStorage = defineNode({
  type: 'DeviceBindingStorageNode',
  title: 'Device Binding Storage Node',
  help: 'Stores the device that an earlier Device Binding node left in transient state.',
  tags: ['mfa', 'multi-factor authentication'],
  outcomes: decisionOutcomes,
  reads: () => ['username', pendingBindingKey],
  errors: {
    error: {
      'Failed to store Device Binding data': 'State has no device or no person. The log line says which.',
    },
  },
  requires: () => ['username', pendingBindingKey],
  needs: ['identities', 'devices'],
  reference: {
    outputs: 'the person’s bound devices',
    outcomes: { true: 'The device is stored.', false: 'There was nothing to store.' },
  },
  async run({ state, identities, devices, log }) {
    const person = await personWithFactor(state, identities)
    const device = asBoundDevice(devices.open(state.getText(pendingBindingKey) ?? ''))
    if (typeof person === 'string' || device === undefined) {
      log.error(
        'Failed to store Device Binding data',
        typeof person === 'string' ? person : 'Cannot find Device data.',
      )
      return goTo('false')
    }
    await storeBoundDevice(devices, person, device)
    return goTo('true')
  },
})
