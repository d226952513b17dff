import { z } from 'zod'
import { jsonObjectSchema } from '../../base/json.ts'
import { localise } from '../../base/locale.ts'
import { type Action, fail, goTo } from '../../engine/action.ts'
import type { RequestView } from '../../engine/node-type.ts'
import { localisedSetting, setting } from '../define-node.ts'
import type { Device, DevicePort, Person } from '../ports/ports.ts'

/** A key held by an app on a person's device. */
const boundDeviceSchema = z.intersection(
  jsonObjectSchema,
  z.object({
    uuid: z.string(),
    deviceName: z.string(),
    recoveryCodes: z.array(z.string()),
    /** The app's id of the device. */
    deviceId: z.string(),
    /** The public key, a JWK with its `kid`. */
    key: z.intersection(jsonObjectSchema, z.object({ kid: z.string() })),
  }),
)

export type BoundDevice = z.infer<typeof boundDeviceSchema>

/** Transient state key of a bound device that waits for its storage, sealed. */
export const pendingBindingKey = 'DeviceBinding.DEVICE'

/** The kind that these nodes add to `NodeType`. */
export const bindingKind = 'Binding'

/** undefined for a device of another kind. */
export function asBoundDevice(device: Device | undefined): BoundDevice | undefined {
  return boundDeviceSchema.safeParse(device).data
}

/** The person's bound devices, oldest first. */
export async function boundDevicesOf(devices: DevicePort, person: Person): Promise<BoundDevice[]> {
  const registered = await devices.registered(person._id, 'binding')
  return registered.flatMap((device) => asBoundDevice(device) ?? [])
}

/** Stores a device. If it was bound before, its new key replaces the old one. */
export async function storeBoundDevice(
  devices: DevicePort,
  person: Person,
  device: BoundDevice,
): Promise<void> {
  const existing = await boundDevicesOf(devices, person)
  const others = existing.filter(({ deviceId }) => deviceId !== device.deviceId)
  await devices.save(person._id, 'binding', [...others, device])
}

/** Settings shared by the nodes that bind a device and verify its signature. */
export const bindingSettings = {
  applicationIds: setting(
    'Application Ids',
    'Android package names and iOS bundle IDs of the apps that may respond.',
    z.array(z.string()).default([]),
  ),
  title: localisedSetting('Title', 'Title of the prompt by locale.'),
  subtitle: localisedSetting('Subtitle', 'Subtitle of the prompt by locale.'),
  description: localisedSetting('Description', 'Text of the prompt by locale.'),
  timeout: setting('Timeout', 'Seconds that the app waits for the person.', z.int().min(0).default(60)),
  skewAllowance: setting(
    'Skew Allowance',
    'Tolerated clock difference of the device, in seconds.',
    z.int().min(0).default(60),
  ),
} as const

const texts = z.object({
  title: bindingSettings.title,
  subtitle: bindingSettings.subtitle,
  description: bindingSettings.description,
})

/** The texts of the app's prompt, in a locale of the request. */
export function promptOf({ title, subtitle, description }: z.infer<typeof texts>, { locales }: RequestView) {
  return {
    title: localise(title, locales, 'Authentication required'),
    subtitle: localise(subtitle, locales, 'Cryptography device binding'),
    description: localise(description, locales, 'Please complete with biometric to proceed'),
  }
}

/** Why an answer is refused, for the trace. Without apps, every answer has an unexpected issuer. */
export function problemOf(problem: string, applicationIds: readonly string[]): string {
  return applicationIds.length > 0 ? problem : 'Application Ids names no app, so every app is refused'
}

/** Outcomes that only the server may choose. */
const ownOutcomes = ['success', 'failure', 'exceedDeviceLimit', 'noDeviceRegistered', 'keyNotFound']

/** Errors of nodes whose app reported an error. */
export const clientErrors = {
  'The device reported an error that is none of the client error outcomes':
    'The app reported an outcome that **Client Error Outcomes** does not list.',
} as const

/** The outcome reported by the app. It may choose only outcomes for client errors. */
export function clientError(error: string, clientErrorOutcomes: readonly string[]): Action {
  return clientErrorOutcomes.includes(error) && !ownOutcomes.includes(error)
    ? goTo(error)
    : fail('The device reported an error that is none of the client error outcomes')
}

/** The outcomes of both nodes: their own, then those for client errors. */
export function withClientErrors(
  own: Readonly<Record<string, string>>,
  clientErrorOutcomes: readonly string[],
) {
  const errors = clientErrorOutcomes.filter((id) => !Object.hasOwn(own, id)).map((id) => [id, id] as const)
  return [...Object.entries(own), ...errors].map(([id, displayName]) => ({ id, displayName }))
}
