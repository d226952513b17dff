import { deviceAttributes } from '../../attributes/attribute.ts'
import { notFound } from '../../base/errors.ts'
import type { Device, DeviceKind } from '../../nodes/ports/ports.ts'
import type { Sealer } from '../../secrets/seal.ts'
import type { Identities } from '../identities.ts'
import type { Identity } from '../identity.ts'
import { openDevice, sealDevice } from './sealed-devices.ts'

type Parts = { identities: Pick<Identities, 'read' | 'patch'>; sealer: Sealer }

/** Manages people's registered devices outside of journeys. */
export class RegisteredDevices {
  readonly #identities: Parts['identities']
  readonly #sealer: Sealer

  constructor({ identities, sealer }: Parts) {
    this.#identities = identities
    this.#sealer = sealer
  }

  /** Oldest first. */
  of(owner: Pick<Identity, 'id' | 'attributes'>, kind: DeviceKind): Device[] {
    const stored = owner.attributes[deviceAttributes[kind]]
    if (!Array.isArray(stored)) return []
    return stored.flatMap((sealed) => openDevice(this.#sealer, owner.id, sealed) ?? [])
  }

  /** @throws RequestError 404. */
  one(owner: Pick<Identity, 'id' | 'attributes'>, kind: DeviceKind, uuid: string): Device {
    const found = this.of(owner, kind).find((device) => device.uuid === uuid)
    if (found === undefined) throw notFound('Resource cannot be found.')
    return found
  }

  /** @returns the device with its new name. @throws RequestError 404. */
  async rename(owner: Identity, kind: DeviceKind, uuid: string, deviceName: string): Promise<Device> {
    const renamed = { ...this.one(owner, kind, uuid), deviceName }
    await this.#save(owner, kind, (device) => (device.uuid === uuid ? renamed : device))
    return renamed
  }

  /**
   * @param actingSession token hash of the requesting session. It survives if it is the owner's.
   * @returns the removed device.
   * @throws RequestError 404.
   */
  async remove(owner: Identity, kind: DeviceKind, uuid: string, actingSession?: string): Promise<Device> {
    const removed = this.one(owner, kind, uuid)
    const without = (device: Device) => (device.uuid === uuid ? undefined : device)
    await this.#save(owner, kind, without, actingSession)
    return removed
  }

  /** Fails if the owner changed since they were read, because using a device changes its counter. */
  async #save(
    owner: Identity,
    kind: DeviceKind,
    change: (device: Device) => Device | undefined,
    actingSession?: string,
  ): Promise<void> {
    const left = this.of(owner, kind).flatMap((device) => change(device) ?? [])
    const value = left.map((device) => sealDevice(this.#sealer, owner.id, device))
    const operation = { operation: 'replace', field: deviceAttributes[kind], value } as const
    await this.#identities.patch(owner.realm, owner.id, [operation], {
      rev: String(owner.rev),
      actingSession,
    })
  }
}
