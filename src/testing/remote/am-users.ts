import { z } from 'zod'
import { schemaProperty } from '../../attributes/user-schema.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { amAttributesOf, customAttributes, managedValues } from '../../people/am-attributes.ts'
import type { Admin } from './admin.ts'
import { type NewPerson, ownKey, type PeopleApi } from './people-api.ts'
import { realmPath } from './realm-path.ts'

/** Attributes that AM keeps for itself, and passwords. */
const own = /^(dn|universalid|objectclass|uid|userpassword|createtimestamp|modifytimestamp|pwdchangedtime)$/i

/** People of an AM without managed objects. Source: "Identity management endpoints" of PingAM. */
export class AmUsers implements PeopleApi {
  readonly #admin: Admin
  readonly #path: string

  constructor(admin: Admin, realm: string) {
    this.#admin = admin
    this.#path = `${realmPath(realm)}/users`
  }

  async find(userName: string): Promise<JsonObject | undefined> {
    const profile = await this.#admin.read(this.#pathOf(userName))
    if (profile === undefined) return undefined
    const attributes = Object.entries(profile).flatMap(([name, value]) => {
      const values = z.array(z.string()).safeParse(value)
      return own.test(name) || !values.success ? [] : [[name, values.data] as const]
    })
    return managedValues(Object.fromEntries(attributes))
  }

  async create({ userName, password, ...person }: NewPerson): Promise<string> {
    const body = { username: userName, userpassword: password, ...amAttributes(person) }
    await this.#admin.write('POST', `${this.#path}?_action=create`, body)
    return userName
  }

  async change(userName: string, { password, ...changes }: JsonObject): Promise<void> {
    const body = {
      ...amChanges(changes, await this.#customOf(userName)),
      ...(password === undefined ? {} : { userpassword: password }),
    }
    await this.#admin.write('PUT', this.#pathOf(userName), body)
  }

  remove(userName: string): Promise<void> {
    return this.#admin.remove(this.#pathOf(userName))
  }

  async removeAll(prefix: string): Promise<void> {
    const found = await this.#admin.read(`${this.#path}?_queryId=${encodeURIComponent(`${prefix}*`)}`)
    const keys = (Array.isArray(found?.result) ? found.result : []).map((user) => {
      const { username } = isJsonObject(user) ? user : {}
      return ownKey(username, username, prefix)
    })
    for (const key of keys) await this.remove(key)
  }

  /** The values outside the schema, which AM keeps as one. */
  async #customOf(userName: string): Promise<JsonObject> {
    const profile = await this.#admin.read(this.#pathOf(userName))
    const texts = z.array(z.string()).safeParse(profile?.[customAttributes])
    return texts.success ? managedValues({ [customAttributes]: texts.data }) : {}
  }

  #pathOf(userName: string): string {
    return `${this.#path}/${encodeURIComponent(userName)}`
  }
}

/** Without what every person has. */
function amAttributes(person: JsonObject): Record<string, string[]> {
  const { uid: _uid, ...attributes } = amAttributesOf({
    accountStatus: 'active',
    ...person,
    ...{ _id: '', _rev: '', userName: '' },
  } as Parameters<typeof amAttributesOf>[0])
  return attributes
}

/**
 * Changes under AM's names. An empty list removes an attribute.
 * @param custom the present values outside the schema.
 */
export function amChanges(changes: JsonObject, custom: JsonObject): Record<string, string[]> {
  const { own = [], others = [] } = Object.groupBy(Object.entries(changes), ([name]) =>
    schemaProperty(name) === undefined ? 'others' : 'own',
  )
  const changed = Object.fromEntries(own.map(([name, value]) => amChange(name, value)))
  if (others.length === 0) return changed
  const all = { ...custom, ...Object.fromEntries(others) }
  const merged = Object.entries(all).filter(([, value]) => value !== null)
  const text = JSON.stringify(Object.fromEntries(merged))
  return { ...changed, [customAttributes]: merged.length === 0 ? [] : [text] }
}

function amChange(name: string, value: Json): [string, string[]] {
  const isOwn = (amName: string) => name === 'accountStatus' || amName !== 'inetUserStatus'
  const amName = Object.keys(amAttributes({ [name]: 'any' })).find(isOwn) ?? name
  return [amName, value === null ? [] : (amAttributes({ [name]: value })[amName] ?? [])]
}
