import { z } from 'zod'
import { deviceAttributes } from '../../attributes/attribute.ts'
import { type Json, jsonSchema } from '../../base/json.ts'
import type { Person } from '../../nodes/ports/ports.ts'
import { type HostCall, HostCallError } from '../../sandbox/script-engine.ts'
import type { Sealer } from '../../secrets/seal.ts'
import { openDevice, sealDevice } from './sealed-devices.ts'

export type ScriptDevices = {
  realm: string
  sealer: Sealer
  people: {
    find(nameOrId: string): Promise<Person | undefined>
    patch(id: string, changes: Record<string, Json>): Promise<void>
  }
}

/** A device profile as scripts see it. Source: "DeviceProfile" in the vendor's entity reference. */
const profileSchema = z.object({
  identifier: z.string().min(1),
  alias: z.string().nullish(),
  lastSelectedDate: z.coerce.number().default(0),
  metadata: jsonSchema.exactOptional(),
  location: jsonSchema.exactOptional(),
})

const storedSchema = z.object({
  lastSelectedDate: z.number().default(0),
  metadata: jsonSchema.exactOptional(),
  location: jsonSchema.exactOptional(),
})

/** Maximum profiles per person. */
const maxProfiles = 100

/**
 * Answers `deviceProfilesDao.*` for people of the journey's realm. Changes are saved with the step.
 * @returns undefined for other calls.
 * @throws HostCallError that the script may catch.
 */
export async function answerDeviceCall(call: HostCall, devices: ScriptDevices): Promise<Json | undefined> {
  if (call.op === 'deviceProfilesDao.getDeviceProfiles') return profilesOf(call, devices)
  if (call.op === 'deviceProfilesDao.saveDeviceProfiles') return saveProfiles(call, devices)
  return undefined
}

async function profilesOf({ op, args }: HostCall, devices: ScriptDevices): Promise<Json> {
  const [name, realm] = parsed(op, z.tuple([z.string(), z.string()]), args)
  const person = await personIn(devices, name, realm)
  const stored = person[deviceAttributes.profile]
  return (Array.isArray(stored) ? stored : []).flatMap((sealed) => {
    const device = openDevice(devices.sealer, person._id, sealed)
    if (device === undefined) return []
    const { uuid, deviceName } = device
    return [{ identifier: uuid, alias: deviceName, ...storedSchema.parse(device) }]
  })
}

async function saveProfiles({ op, args }: HostCall, devices: ScriptDevices): Promise<null> {
  const profiles = z.array(profileSchema).max(maxProfiles)
  const [name, realm, saved] = parsed(op, z.tuple([z.string(), z.string(), profiles]), args)
  const person = await personIn(devices, name, realm)
  const sealed = saved.map(({ identifier, alias, ...content }) =>
    sealDevice(devices.sealer, person._id, {
      ...content,
      uuid: identifier,
      deviceName: alias ?? '',
      recoveryCodes: [],
    }),
  )
  await devices.people.patch(person._id, { [deviceAttributes.profile]: sealed })
  return null
}

async function personIn({ people, realm: own }: ScriptDevices, name: string, realm: string): Promise<Person> {
  if (realm !== own) throw new HostCallError(`The journey runs in realm ${own}, not in ${realm}`, 403)
  const person = await people.find(name)
  if (person === undefined) throw new HostCallError(`There is no user ${name}`, 404)
  return person
}

function parsed<Schema extends z.ZodType>(op: string, schema: Schema, args: Json[]): z.output<Schema> {
  const read = schema.safeParse(args)
  if (!read.success) throw new HostCallError(`The arguments of ${op} are not valid`, 400)
  return read.data
}
