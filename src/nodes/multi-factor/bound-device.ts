import { z } from 'zod'
import { type Action, fail, goTo } from '../../engine/action.ts'
import { jsonObjectSchema } from '../../engine/json.ts'
import { localise, localisedTextSchema } from '../../engine/locale.ts'
import type { RequestView } from '../../engine/node-type.ts'
import { setting } from '../define-node.ts'
import type { Device, DevicePort, Person } from '../ports/ports.ts'

/** A key that an app on a device holds for somebody. */
const boundDeviceSchema = z.intersection(
  jsonObjectSchema,
  z.object({
    uuid: z.string(),
    deviceName: z.string(),
    recoveryCodes: z.array(z.string()),
    /** What the app calls the device. */
    deviceId: z.string(),
    /** The public key, a JWK with its `kid`. */
    key: z.intersection(jsonObjectSchema, z.object({ kid: z.string() })),
  }),
)

export type BoundDevice = z.infer<typeof boundDeviceSchema>

/** Transient state: a device between its binding and its storage, sealed. */
export const pendingBindingKey = 'DeviceBinding.DEVICE'

/** The kind that these nodes add to `NodeType`. */
export const bindingKind = 'Binding'

/** undefined for a device of another kind. */
export function asBoundDevice(device: Device | undefined): BoundDevice | undefined {
  return boundDeviceSchema.safeParse(device).data
}

/** The keys of a person, the oldest first. */
export async function boundDevicesOf(devices: DevicePort, person: Person): Promise<BoundDevice[]> {
  const registered = await devices.registered(person._id, 'binding')
  return registered.flatMap((device) => asBoundDevice(device) ?? [])
}

/** Keeps a device beside the others; bound anew, it has its new key alone. */
export async function storeBoundDevice(
  devices: DevicePort,
  person: Person,
  device: BoundDevice,
): Promise<void> {
  const held = await boundDevicesOf(devices, person)
  const others = held.filter(({ deviceId }) => deviceId !== device.deviceId)
  await devices.save(person._id, 'binding', [...others, device])
}

/** The settings that binding a device and asking it for a signature share. */
export const bindingSettings = {
  applicationIds: setting(
    'Application Ids',
    'Android package names and iOS bundle ids of the apps that may answer.',
    z.array(z.string()).default([]),
  ),
  title: setting('Title', 'Title of the prompt by locale.', localisedTextSchema.default({}), 'localisedText'),
  subtitle: setting(
    'Subtitle',
    'Subtitle of the prompt by locale.',
    localisedTextSchema.default({}),
    'localisedText',
  ),
  description: setting(
    'Description',
    'Text of the prompt by locale.',
    localisedTextSchema.default({}),
    'localisedText',
  ),
  timeout: setting('Timeout', 'Seconds that the app waits for the person.', z.int().min(0).default(60)),
  skewAllowance: setting(
    'Skew Allowance',
    "Seconds that the device's clock may be off.",
    z.int().min(0).default(60),
  ),
} as const

const texts = z.object({
  title: bindingSettings.title,
  subtitle: bindingSettings.subtitle,
  description: bindingSettings.description,
})

/** What the prompt of the app says, in a language of the request. */
export function promptOf({ title, subtitle, description }: z.infer<typeof texts>, { locales }: RequestView) {
  return {
    title: localise(title, locales, 'Authentication required'),
    subtitle: localise(subtitle, locales, 'Cryptography device binding'),
    description: localise(description, locales, 'Please complete with biometric to proceed'),
  }
}

/** What the server alone decides. */
const ownOutcomes = ['success', 'failure', 'exceedDeviceLimit', 'noDeviceRegistered', 'keyNotFound']

/** What nodes fail with whose app failed. */
export const clientErrors = {
  'The device reported an error that is none of the client error outcomes':
    'The app named an outcome that **Client Error Outcomes** does not list.',
} as const

/** Where the app says that it failed. It may choose among the outcomes meant for that, and no other. */
export function clientError(error: string, clientErrorOutcomes: readonly string[]): Action {
  return clientErrorOutcomes.includes(error) && !ownOutcomes.includes(error)
    ? goTo(error)
    : fail('The device reported an error that is none of the client error outcomes')
}

/** Outcomes of both nodes: their own, then those that the app chooses from. */
export function withClientErrors(
  own: Readonly<Record<string, string>>,
  clientErrorOutcomes: readonly string[],
) {
  const errors = clientErrorOutcomes.filter((id) => !Object.hasOwn(own, id)).map((id) => [id, id] as const)
  return [...Object.entries(own), ...errors].map(([id, displayName]) => ({ id, displayName }))
}
