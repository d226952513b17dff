import { z } from 'zod'
import type { AuditBook } from '../../audit/audit-book.ts'
import type { Thing } from '../../audit/audit-entry.ts'
import { notFound, RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { collection, resource } from '../../crest/collection.ts'
import { deviceManagementProperty, methodsProperty, secondFactors } from '../../engine/system-properties.ts'
import type { RegisteredDevices } from '../../people/devices/registered-devices.ts'
import type { Device, DeviceKind } from '../../people/devices/sealed-devices.ts'
import type { Identities } from '../../people/identities.ts'
import type { Identity } from '../../people/identity.ts'
import type { Session } from '../../sessions/session.ts'
import { commonOf, partyOf } from '../audit/call-audit.ts'
import { parseBody } from '../body.ts'
import { type Answer, always, type Call, type Handle, param, type Route } from '../route.ts'
import { deviceResource } from './device-resource.ts'

type DeviceDependencies = {
  identities: Pick<Identities, 'find'>
  devices: RegisteredDevices
  auditBook: Pick<AuditBook, 'during'>
}

/** The owner and kind of the devices in a call, and the calling session. */
type DeviceCall = { owner: Identity; kind: DeviceKind; by: Session; isOwn: boolean }

/** Second factors, bound devices and device profiles. Source: "deviceClient" of the vendor's JavaScript SDK. */
export function deviceRoutes(from: DeviceDependencies): Route[] {
  return ['users/:id/devices/2fa/:kind', 'users/:id/devices/profile'].flatMap((path) => routesAt(path, from))
}

function routesAt(path: string, from: DeviceDependencies): Route[] {
  const what = path.endsWith('profile') ? 'device profile' : 'second factor or bound device'
  // The handlers require the owner's session or an administrator.
  const access = 'everyone'
  const side = 'both'
  const on =
    (handle: (from: DeviceDependencies, call: Call, deviceCall: DeviceCall) => Promise<Answer>): Handle =>
    async (call) =>
      handle(from, call, await deviceCall(from, call))
  const one = `${path}/:uuid`
  return [
    {
      method: 'GET',
      path,
      access,
      side,
      summary: `Lists a person's devices (each a ${what}), for that person or an administrator.`,
      handle: on(async ({ devices }, { query }, { owner, kind }) => ({
        body: collection(
          devices.of(owner, kind).map((device) => listedDevice(kind, device)),
          query,
        ),
      })),
    },
    {
      method: 'GET',
      path: one,
      access,
      side,
      summary: `Reads a ${what}, without its secrets.`,
      handle: on(async ({ devices }, call, { owner, kind }) =>
        resource(deviceResource(kind, devices.one(owner, kind, param(call, 'uuid')))),
      ),
    },
    { method: 'PUT', path: one, access, side, summary: `Renames a ${what}.`, handle: on(rename) },
    {
      method: 'DELETE',
      path: one,
      access,
      side,
      // rule S42: otherwise an unattended session removes second factors of its person
      dangerous: always,
      summary: `Removes a ${what}.`,
      handle: on(remove),
    },
  ]
}

const factors: Readonly<Record<string, DeviceKind>> = {
  oath: 'oath',
  push: 'push',
  webauthn: 'webauthn',
  binding: 'binding',
}

async function deviceCall(from: DeviceDependencies, call: Call): Promise<DeviceCall> {
  const by = (await call.session())?.session
  if (by === undefined) throw new RequestError(401, 'Access Denied')
  const owner = await from.identities.find(call.realm.path, param(call, 'id'))
  const isOwn = owner !== undefined && owner.realm === by.realm && owner.id === by.identityId
  // Also 403 for unknown people, so that others don't learn who exists.
  if (!isOwn && !(await call.rights()).may('people', call.realm.path)) throw new RequestError(403)
  const named = call.params.kind
  const kind = named === undefined ? 'profile' : Object.hasOwn(factors, named) ? factors[named] : undefined
  if (owner === undefined || kind === undefined) throw notFound('Resource cannot be found.')
  return { owner, kind, by, isOwn }
}

const nameSchema = z.string('must be a text').trim().min(1, 'must not be empty').max(255)

/** Clients send the whole device; only its name can change. */
const bodySchema = { factor: z.object({ deviceName: nameSchema }), profile: z.object({ alias: nameSchema }) }

async function rename(from: DeviceDependencies, call: Call, at: DeviceCall): Promise<Answer> {
  const { owner, kind } = at
  const name =
    kind === 'profile'
      ? parseBody(bodySchema.profile, call).alias
      : parseBody(bodySchema.factor, call).deviceName
  const work = () => from.devices.rename(owner, kind, param(call, 'uuid'), name)
  return resource(deviceResource(kind, await recorded(from, call, at, 'UPDATE', work)))
}

/** The methods that prove the possession of a device of this kind. */
const proofOf: Readonly<Partial<Record<DeviceKind, readonly string[]>>> = {
  oath: ['otp'],
  webauthn: ['pop'],
  binding: ['hwk', 'swk'],
  push: ['push'],
}

/** Whether the journey of the session lets the person remove an own device. Source: "Enable Device Management node". */
function mayRemove({ kind, by: { properties } }: DeviceCall): boolean {
  const rule = properties[deviceManagementProperty]
  if (kind === 'profile' || rule === undefined || rule === 'NONE') return true
  const methods = (properties[methodsProperty] ?? '').split(/[\s,]+/)
  // rule S42: otherwise any second factor removes any other
  const sufficient = rule === 'ANY' ? [...secondFactors] : (proofOf[kind] ?? [])
  return methods.some((method) => sufficient.includes(method))
}

async function remove(from: DeviceDependencies, call: Call, at: DeviceCall): Promise<Answer> {
  // rule S42: otherwise the rule of a session about removing devices has no effect
  if (at.isOwn && !mayRemove(at)) {
    throw new RequestError(403, 'Sign in with a registered device to remove this one')
  }
  const work = () => from.devices.remove(at.owner, at.kind, param(call, 'uuid'), at.by.tokenHash)
  return resource(deviceResource(at.kind, await recorded(from, call, at, 'DELETE', work)))
}

/** Makes a change and records it in the audit book: a removed second factor can help an attacker. */
function recorded(
  { auditBook }: DeviceDependencies,
  call: Call,
  { owner, kind, by }: DeviceCall,
  operation: Thing['operation'],
  work: () => Promise<Device>,
): Promise<Device> {
  const what: Thing = { kind: 'device', id: param(call, 'uuid'), name: kind, operation }
  const entry = {
    ...commonOf(call),
    realm: owner.realm,
    eventName: 'AM-IDENTITY-CHANGE',
    who: partyOf(by),
    whom: { id: owner.id, name: owner.userName, realm: owner.realm },
    what: operation === 'UPDATE' ? { ...what, fields: ['deviceName'] } : what,
  }
  return auditBook.during(entry, work)
}

function listedDevice(kind: DeviceKind, device: Device): JsonObject {
  return resource(deviceResource(kind, device)).body
}
