import { customAttributesIn, managedObject, managedObjectSchema } from '../../attributes/managed-schema.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { customAttributesSchema } from '../custom-attributes.ts'
import type { RealmSettings } from '../realm.ts'
import { type Applied, problemIn, type TenantSetting } from './tenant-setting.ts'

/** The vendor's name of a realm's people. */
export function userObjectOf(realm: string): string {
  return realm === '/' ? 'user' : `${realm.slice(1)}_user`
}

const about = { id: 'customAttributes', title: 'Custom attributes' }

/** The definition of a realm's people. Source: "Managed object configuration" in the PingIDM documentation. */
export function managedObjectSetting(realm: string): TenantSetting {
  const name = userObjectOf(realm)
  return {
    ...about,
    apply: applyDefinition,
    write: (document, { customAttributes }) => managedObject(name, document, customAttributes),
  }
}

/** All definitions of a tenant in one document. */
export function managedObjectsSetting(realm: string): TenantSetting {
  const ofPeople = managedObjectSetting(realm)
  const isOfPeople = (object: Json): object is JsonObject =>
    isJsonObject(object) && object.name === userObjectOf(realm)
  return {
    ...about,
    apply(settings, { objects }) {
      if (!Array.isArray(objects)) return { problem: 'objects: must be a list', at: ['objects'] }
      const index = objects.findIndex(isOfPeople)
      const object = objects[index]
      if (object === undefined || !isJsonObject(object)) return { settings, ignored: [] }
      const applied = ofPeople.apply(settings, object)
      if (!('problem' in applied)) return applied
      return { problem: `objects.${index}.${applied.problem}`, at: ['objects', index, ...applied.at] }
    },
    write(document, settings) {
      const objects = Array.isArray(document.objects) ? document.objects : []
      const written = objects.map((object) =>
        isOfPeople(object) ? (ofPeople.write(object, settings) ?? object) : object,
      )
      return { ...document, objects: written }
    },
  }
}

/** A definition without properties says nothing about attributes. */
function applyDefinition(settings: RealmSettings, document: JsonObject): Applied {
  const parsed = managedObjectSchema.safeParse(document)
  if (!parsed.success) return problemIn(parsed.error)
  const { schema } = document
  if (!isJsonObject(schema) || schema.properties === undefined) return { settings, ignored: [] }
  const { attributes, ignored } = customAttributesIn(parsed.data)
  const checked = customAttributesSchema.safeParse(attributes)
  if (checked.success) return { settings: { ...settings, customAttributes: checked.data }, ignored }
  const { problem, at } = problemIn(checked.error)
  const [index] = at
  const name = typeof index === 'number' ? (attributes[index]?.name ?? '') : ''
  const [, ...said] = problem.split('.')
  return {
    problem: `schema.properties.${[name, ...said].filter((part) => part !== '').join('.')}`,
    at: ['schema', 'properties', name],
  }
}
