import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '../../engine/json.ts'
import { amAttributesOf, managedValues } from '../../people/am-attributes.ts'
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
    const entries = Object.entries(changes).flatMap(([name, value]) => Object.entries(amChange(name, value)))
    const body = {
      ...Object.fromEntries(entries),
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

/** An empty list removes an attribute. */
function amChange(name: string, value: Json): Record<string, string[]> {
  const { inetUserStatus, ...attributes } = amAttributes({ [name]: value ?? 'removed' })
  const changed = name === 'accountStatus' && inetUserStatus ? { inetUserStatus } : attributes
  return Object.fromEntries(
    Object.entries(changed).map(([amName, texts]) => [amName, value === null ? [] : texts]),
  )
}
