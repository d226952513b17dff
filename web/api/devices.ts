import * as z from 'zod/mini'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

/** Kinds of devices, as the REST paths spell them. */
export const deviceKinds = ['2fa/oath', '2fa/push', '2fa/webauthn', '2fa/binding', 'profile'] as const

export type DeviceKind = (typeof deviceKinds)[number]

const deviceSchema = z.object({
  _id: z.string(),
  deviceName: z.optional(z.string()),
  alias: z.optional(z.string()),
  createdDate: z._default(z.number(), 0),
  lastAccessDate: z._default(z.number(), 0),
  lastSelectedDate: z._default(z.number(), 0),
  recoveryCodesLeft: z._default(z.number(), 0),
})

/** A person's device, without its secret. Times are epoch milliseconds, 0 if unknown. */
export type Device = {
  kind: DeviceKind
  id: string
  name: string
  createdAt: number
  usedAt: number
  /** Recovery codes that came with the device and are not used. */
  codesLeft: number
}

/** Source: `docs/operations-wire.md`, "Identities". */
export async function listDevices(
  realm: string,
  person: string,
  kind: DeviceKind,
  signal?: AbortSignal,
): Promise<Device[]> {
  const { result } = await request(
    z.object({ result: z.array(deviceSchema) }),
    devicesPath(realm, person, kind),
    { query: { _queryFilter: true }, signal },
  )
  return result.map((device) => ({
    kind,
    id: device._id,
    name: device.deviceName ?? device.alias ?? '',
    createdAt: device.createdDate,
    usedAt: Math.max(device.lastAccessDate, device.lastSelectedDate),
    codesLeft: device.recoveryCodesLeft,
  }))
}

export async function renameDevice(
  realm: string,
  person: string,
  { kind, id }: Device,
  name: string,
): Promise<void> {
  await request(z.unknown(), `${devicesPath(realm, person, kind)}/${encodeURIComponent(id)}`, {
    method: 'PUT',
    body: kind === 'profile' ? { alias: name } : { deviceName: name },
  })
}

export async function removeDevice(realm: string, person: string, { kind, id }: Device): Promise<void> {
  const path = `${devicesPath(realm, person, kind)}/${encodeURIComponent(id)}`
  await request(z.unknown(), path, { method: 'DELETE' })
}

function devicesPath(realm: string, person: string, kind: DeviceKind): string {
  return `${realmPath(realm)}/users/${encodeURIComponent(person)}/devices/${kind}`
}
