import { randomUUID } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { Admin } from './admin.ts'
import { type NewPerson, ownKey, type PeopleApi } from './people-api.ts'

/** People as managed objects. */
export class ManagedPeople implements PeopleApi {
  readonly #admin: Admin
  readonly #path: string

  /** @param realm its path. Each realm has people of a kind of its own, such as `alpha_user`. */
  constructor(admin: Admin, realm: string) {
    const [name = ''] = realm.split('/').filter((part) => part !== '')
    this.#admin = admin
    this.#path = `/openidm/managed/${name === '' ? 'user' : `${name}_user`}`
  }

  /** Whether the server has managed objects. */
  async exists(): Promise<boolean> {
    return (await this.#found('userName eq "sidegate-"', '_id')) !== undefined
  }

  async find(userName: string): Promise<JsonObject | undefined> {
    const [person] = (await this.#found(`userName eq ${JSON.stringify(userName)}`)) ?? []
    return isJsonObject(person) ? person : undefined
  }

  async create(person: NewPerson): Promise<string> {
    const id = randomUUID()
    await this.#admin.write('PUT', `${this.#path}/${id}`, person)
    return id
  }

  async change(id: string, attributes: JsonObject): Promise<void> {
    const operations = Object.entries(attributes).map(([field, value]) => ({
      operation: 'replace',
      field: `/${field}`,
      value,
    }))
    await this.#admin.write('PATCH', `${this.#path}/${id}`, operations)
  }

  remove(id: string): Promise<void> {
    return this.#admin.remove(`${this.#path}/${encodeURIComponent(id)}`)
  }

  async removeAll(prefix: string): Promise<void> {
    const found = await this.#found(`userName sw ${JSON.stringify(prefix)}`, '_id,userName')
    const keys = (found ?? []).map((person) => {
      const { _id: id, userName } = isJsonObject(person) ? person : {}
      return ownKey(id, userName, prefix)
    })
    for (const key of keys) await this.remove(key)
  }

  async #found(filter: string, fields?: string): Promise<readonly unknown[] | undefined> {
    const query = `_queryFilter=${encodeURIComponent(filter)}${fields === undefined ? '' : `&_fields=${fields}`}`
    const found = await this.#admin.read(`${this.#path}?${query}`)
    if (found === undefined) return undefined
    return Array.isArray(found.result) ? found.result : []
  }
}
