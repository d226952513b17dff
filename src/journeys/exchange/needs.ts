import { asText } from '../../base/as-text.ts'
import type { JsonObject } from '../../base/json.ts'
import { standardTemplateNames } from '../../outbox/global-templates.ts'
import { librariesOf, type Member, type Reference, referencesOf } from './references.ts'

/** A realm or a bundle. */
export type ReferableThings = {
  journeys: readonly { _id: string }[]
  scripts: readonly { id: string; name: string; context: string }[]
  customNodeTypes: readonly { serviceName: string; displayName: string }[]
  documents: readonly { kind: string; id: string; document: JsonObject }[]
}

/** Finds the name of a referenced thing; undefined if it doesn't exist. */
export type ReferenceLookup = (reference: Reference) => string | undefined

/** Indexes the things of a realm or bundle by reference. Every realm has the standard email templates. */
export function referenceLookup({
  journeys,
  scripts,
  customNodeTypes,
  documents,
}: ReferableThings): ReferenceLookup {
  const libraries = scripts.filter(({ context }) => context === 'LIBRARY')
  const names = new Map<string, string>([
    ...journeys.map(({ _id }) => [`journey ${_id}`, _id] as const),
    ...scripts.map(({ id, name }) => [`script ${id}`, name] as const),
    ...libraries.map(({ name }) => [`library ${name}`, name] as const),
    ...customNodeTypes.map((type) => [`customNodeType ${type.serviceName}`, type.displayName] as const),
    // Pages refer to a theme by id or name.
    ...documents.map(({ kind, document }) => {
      const name = asText(document.name)
      return [`${kind} ${name}`, name] as const
    }),
    ...documents.map(({ kind, id }) => [`${kind} ${id}`, id] as const),
    ...standardTemplateNames.map((name) => [`emailTemplate ${name}`, name] as const),
  ])
  return ({ kind, id }) => names.get(`${kind} ${id}`)
}

/** References of a node to things that don't exist. */
export function brokenReferences(node: Pick<Member, 'type' | 'settings'>, has: ReferenceLookup): Reference[] {
  return referencesOf(node).filter((reference) => has(reference) === undefined)
}

/** Library scripts that a source requires and that don't exist. */
export function missingLibraries(source: string, has: ReferenceLookup): Reference[] {
  return librariesOf(source).filter((library) => has(library) === undefined)
}
