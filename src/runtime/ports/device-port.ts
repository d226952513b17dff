import type { DevicePort } from '../../nodes/ports/ports.ts'
import { newRecoveryCodes, useRecoveryCode } from '../../people/devices/recovery-codes.ts'
import { deviceAttributes, openDevice, sealDevice } from '../../people/devices/sealed-devices.ts'
import type { RunContext } from './run-context.ts'

/** Devices of the people of this step, kept sealed in an attribute and saved with the step. */
export function devicePort({ identities, deviceSealer, openers }: RunContext): DevicePort {
  const ownerInState = `journey-session/${openers.journeySession}`
  return {
    async registered(personId, kind) {
      const held = (await identities.find(personId))?.[deviceAttributes[kind]]
      if (!Array.isArray(held)) return []
      return held.flatMap((sealed) => openDevice(deviceSealer, personId, sealed) ?? [])
    },
    save: (personId, kind, devices) =>
      identities.patch(personId, {
        [deviceAttributes[kind]]: devices.map((device) => sealDevice(deviceSealer, personId, device)),
      }),
    seal: (device) => sealDevice(deviceSealer, ownerInState, device),
    open: (sealed) => openDevice(deviceSealer, ownerInState, sealed),
    newRecoveryCodes,
    useRecoveryCode,
  }
}
