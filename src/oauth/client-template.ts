import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { type ClientMember, clientMembers } from './client-members.ts'

/** A new client as the vendor's tools start with it. */
export const clientTemplate: JsonObject = Object.fromEntries(
  Object.entries(clientMembers).map(([section, members]) => [
    section,
    Object.fromEntries(Object.entries(members).map(([name, { preset }]) => [name, preset])),
  ]),
)

/** The form of a client in the vendor's shape: a section for each group of settings. */
export function clientSchema(): JsonObject {
  const sections = Object.entries(clientMembers).map(([name, section], place) => [
    name,
    {
      type: 'object',
      title: titleOf(name),
      propertyOrder: place,
      properties: Object.fromEntries(
        Object.entries(section).map(([name, member], order) => [name, propertyOf(name, member, order)]),
      ),
    },
  ])
  return { type: 'object', properties: Object.fromEntries(sections) }
}

function propertyOf(name: string, { preset: value, values }: ClientMember, order: number): JsonObject {
  const given = values === undefined || typeof value === 'boolean' ? {} : { enum: [...values] }
  const isSecret = name === 'userpassword'
  return {
    title: titleOf(name),
    description: '',
    propertyOrder: (order + 1) * 100,
    required: false,
    exampleValue: '',
    ...(isSecret ? { format: 'password' } : {}),
    ...(Array.isArray(value)
      ? { type: 'array', items: { type: 'string', ...given } }
      : { type: typeOf(value), ...given }),
  }
}

function typeOf(value: Json): string {
  if (typeof value === 'boolean' || typeof value === 'number') return typeof value
  return isJsonObject(value) ? 'object' : 'string'
}

/** `redirectionUris` is titled *Redirection Uris*. */
function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ').replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
  return words.replaceAll(/(^|\s)[a-z]/g, (letter) => letter.toUpperCase())
}
