import type { DevicePort } from '../../nodes/ports/ports.ts'
import { newRecoveryCodes, useRecoveryCode } from '../../people/devices/recovery-codes.ts'
import { deviceAttributes, openDevice, sealDevice } from '../../people/devices/sealed-devices.ts'
import { openersOf, type RunContext } from '../run-context.ts'

/** Devices of people, sealed in an attribute and saved with the step. */
export function devicePort({ world, step, effects }: RunContext): DevicePort {
  const { identities } = effects
  const { deviceSealer } = world
  const ownerInState = `journey-session/${openersOf(step).journeySession}`
  return {
    async registered(personId, kind) {
      const sealedDevices = (await identities.find(personId))?.[deviceAttributes[kind]]
      if (!Array.isArray(sealedDevices)) return []
      return sealedDevices.flatMap((sealed) => openDevice(deviceSealer, personId, sealed) ?? [])
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
