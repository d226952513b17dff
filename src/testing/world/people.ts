import { randomUUID } from 'node:crypto'
import { deviceAttributes } from '../../attributes/attribute.ts'
import { OperationError, RequestError } from '../../base/errors.ts'
import { type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import { newOathDevice } from '../../nodes/multi-factor/oath-device.ts'
import { base32 } from '../../people/devices/oath-code.ts'
import { sealDevice } from '../../people/devices/sealed-devices.ts'
import type { Identity } from '../../people/identity.ts'
import { personOf } from '../../people/managed-object.ts'
import type { Sealer } from '../../secrets/seal.ts'
import type { OpenApp } from '../../server/app.ts'
import type { Random } from '../../server/outside.ts'
import { totp } from '../totp.ts'
import { durationMs, type Person, type PersonUpdate } from '../walk-file.ts'
import { seededRandom } from './seeded-random.ts'
import type { VirtualTime } from './virtual-time.ts'

/** A person with what a walk can refer to, such as `password`. */
export type KnownPerson = Readonly<Record<string, string>>

/** A person who was created, changed or deleted, as a managed object before and now. */
export type ChangedPerson = { name: string; before: JsonObject | undefined; after: JsonObject | undefined }

type Parts = OpenApp['parts']

/** The clock of the server. */
type PeopleTime = Pick<VirtualTime, 'now'>

/** The people of a world. */
export class People {
  readonly #parts: Parts
  readonly #realm: string
  readonly #time: PeopleTime
  #before = new Map<string, JsonObject>()

  constructor(parts: Parts, realm: string, time: PeopleTime) {
    this.#parts = parts
    this.#realm = realm
    this.#time = time
  }

  /** Creates the people of a walk. @throws OperationError naming a person that can't be created. */
  async create(people: Readonly<Record<string, Person>>, seed: string): Promise<Record<string, KnownPerson>> {
    const known: Record<string, KnownPerson> = {}
    for (const [name, person] of Object.entries(people)) {
      known[name] = await orRefused(`${name} cannot be created`, this.#create(name, person, seed))
    }
    for (const identity of await this.#all()) this.#remember(identity)
    return known
  }

  async #create(name: string, person: Person, seed: string): Promise<KnownPerson> {
    const {
      roles = [],
      kind = 'user',
      createdAgo = '0s',
      password = `Made-Up-${seededRandom(`${seed} ${name}`).hex(12)}`,
      authenticatorApp = false,
      ...object
    } = person
    const { identities, deviceSealer } = this.#parts
    const id = randomUUID()
    const random = seededRandom(`app ${seed} ${name}`)
    const app = authenticatorApp ? await newApp(deviceSealer, id, random, this.#time.now()) : undefined
    const given = jsonObjectSchema.parse({ userName: name, ...object, ...app?.attributes, password })
    const createdAt = this.#time.now() - durationMs(createdAgo)
    const identity = await identities.create(this.#realm, given, {
      ...{ id, roles, kind, createdAt },
      checks: 'none',
    })
    const known = { ...textsOf(personOf(identity)), password }
    // The code depends on the time.
    const code = { get: () => totp(app?.key ?? '', this.#time.now()) }
    return app === undefined ? known : Object.defineProperty(known, 'totp', code)
  }

  /** Changes or deletes a person, as an administrator does. @throws OperationError for a change that is refused. */
  async update(name: string, update: PersonUpdate): Promise<void> {
    const { identities } = this.#parts
    const identity = await identities.find(this.#realm, name)
    if (identity === undefined) throw new OperationError(`There is no person ${name} to change`)
    const { id, realm } = identity
    if (update === 'deleted') {
      await orRefused(`${name} cannot be deleted`, identities.remove(realm, id))
      this.#before.delete(id)
      return
    }
    const operations = Object.entries(update).map(
      ([field, value]) => ({ operation: 'replace', field, value }) as const,
    )
    this.#remember(await orRefused(`${name} cannot be changed`, identities.patch(realm, id, operations)))
  }

  /** Changes that the walk did not make itself. */
  async changed(): Promise<ChangedPerson[]> {
    const now = new Map((await this.#all()).map((identity) => [identity.id, objectOf(identity)]))
    const ids = [...new Set([...this.#before.keys(), ...now.keys()])]
    return ids
      .map((id) => ({ before: this.#before.get(id), after: now.get(id) }))
      .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
      .map(({ before, after }) => ({ name: String((after ?? before)?.userName), before, after }))
  }

  #remember(identity: Identity): void {
    this.#before.set(identity.id, objectOf(identity))
  }

  #all(): Promise<readonly Identity[]> {
    return this.#parts.stores.identities.page(this.#realm, '', 1000)
  }
}

/** @throws OperationError with the reason of a refused change. */
async function orRefused<Value>(what: string, change: Promise<Value>): Promise<Value> {
  try {
    return await change
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    throw new OperationError(`The person ${what}: ${error.message}`, { cause: error })
  }
}

/** The managed object, with roles and the hash of the password. */
function objectOf(identity: Identity): JsonObject {
  const { _rev, ...object } = personOf(identity)
  const { roles, passwordHash } = identity
  return { ...object, roles: [...roles], password: passwordHash ?? null }
}

function textsOf(object: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [],
    ),
  )
}

/**
 * An authenticator app for a new person with this id.
 * @param now epoch milliseconds.
 * @returns its key, in base32, and the attribute that registers it.
 */
async function newApp(
  sealer: Sealer,
  id: string,
  random: Random,
  now: number,
): Promise<{ key: string; attributes: JsonObject }> {
  const device = newOathDevice(random.hex(32), random.hex(40), now)
  return {
    key: await base32(device.sharedSecret),
    attributes: { [deviceAttributes.oath]: [sealDevice(sealer, id, device)] },
  }
}
