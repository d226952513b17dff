import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import type { Member } from '../base/members.ts'
import { clientMembers } from './client-members.ts'

/** The form of a client in the vendor's shape: a section for each group of settings. */
export function clientSchema(): JsonObject {
  const sections = Object.entries(clientMembers).map(([name, members], place) => [
    name,
    {
      type: 'object',
      title: titleOf(name),
      propertyOrder: place,
      properties: Object.fromEntries(
        Object.entries(members).map(([member, row], order) => [member, propertyOf(member, row, order)]),
      ),
    },
  ])
  return { type: 'object', properties: Object.fromEntries(sections) }
}

function propertyOf(name: string, { start: value, choices: values }: Member, order: number): JsonObject {
  const given = values === undefined ? {} : { enum: [...values] }
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
