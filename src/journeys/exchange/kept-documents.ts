import { z } from 'zod'
import { asText } from '../../base/as-text.ts'
import { defined } from '../../base/defined.ts'
import { isJsonObject, type Json, type JsonObject, jsonSchema } from '../../base/json.ts'
import { isSecretSetting } from '../../base/looks-secret.ts'
import { importedKind, isKept, maxKeptCharacters } from '../../realms/kept-document.ts'
import { digest } from '../../secrets/digest.ts'
import { isPrivateMember, isSecretForm, placeholder } from '../../secrets/secret-shapes.ts'
import { type Finding, finding } from './finding.ts'
import { readEsv } from './tenant/esv-documents.ts'

/** The kind of the documents that keep parts of exports. */
export const keptKind = importedKind

/**
 * A part of an export that means nothing to this server, or only in part. It is stored with the realm of the import, and exports
 * of the realm give it back in its place.
 */
export const keptDocumentSchema = z.object({
  /** Whether the export has it beside the realms or in a realm. */
  scope: z.enum(['global', 'realm']),
  /** The section of a full export, such as `service`. */
  section: z.string().min(1),
  /** The key in the section, or the path of the file; undefined for a section as a whole. */
  key: z.string().exactOptional(),
  value: jsonSchema,
  /** Texts beside the file that it refers to, by path. */
  files: z.record(z.string(), z.string()).exactOptional(),
})

export type KeptDocument = z.infer<typeof keptDocumentSchema>

/** Sections of documents whose key is their path in a folder: of fr-config-manager, and of `frodo config export -A`. */
export const filesSections = { frConfig: 'fr-config-manager', frodo: 'frodo' } as const

export function isFilesSection(section: string): boolean {
  return section === filesSections.frConfig || section === filesSections.frodo
}

/** Maximum sizes as JSON, in characters: of one document of an import, and of all in a realm. */
export const keptLimits = { document: 4 * 1_048_576, realm: maxKeptCharacters }

const maxIdLength = 255

/** The id of a document, which names its place. */
export function keptId({
  scope,
  section,
  key = '',
}: Pick<KeptDocument, 'scope' | 'section' | 'key'>): string {
  const place = `${scope} ${section} ${key}`.trim()
  const id = place.replace(/[%/\p{Cc}\p{Cs}]/gu, (mark) => `%${mark.charCodeAt(0).toString(16)}`)
  return id.length <= maxIdLength ? id : `${id.slice(0, maxIdLength - 44)} ${digest(place)}`
}

/** Its place in words. */
export function keptName({ section, key }: Pick<KeptDocument, 'section' | 'key'>): string {
  if (isFilesSection(section)) return key ?? section
  return key === undefined ? section : `${section} ${key}`
}

const managedFile = /^(?:idm\/managed|managed-objects)\/.+\.json$/

/** The id that a document of the identity management has below `/openidm/config`, such as `selfservice.kba`. */
export function configurationId({ scope, section, key = '', value }: KeptDocument): string | undefined {
  if (section === 'idm') return key
  if (!isJsonObject(value)) return undefined
  const { _id, name } = value
  if (!isFilesSection(section)) return undefined
  if (scope === 'global' && managedFile.test(key))
    return typeof name === 'string' ? `managed/${name}` : undefined
  return section === filesSections.frConfig && typeof _id === 'string' ? _id : undefined
}

type Document = { kind: string; id: string; document: JsonObject }

/** Without the kept documents, which only an import changes. */
export function withoutKept<Content extends { documents: readonly { kind: string }[] }>(
  content: Content,
): Content {
  return { ...content, documents: content.documents.filter(({ kind }) => kind !== keptKind) }
}

/**
 * Prepares kept documents for storage: removes their secrets. Returns findings about secrets, sizes and invalid documents.
 * @param placeProblem says why a document can't be kept in its place
 */
export function prepareKept<One extends Document>(
  documents: readonly One[],
  placeProblem: (document: KeptDocument) => string | undefined,
): { documents: One[]; findings: Finding[] } {
  const findings: Finding[] = []
  let removed = 0
  const prepared = documents.flatMap((one) => {
    if (one.kind === 'variable') {
      const { document, count } = withoutSecretValues(one.id, one.document)
      removed += count
      return [count === 0 ? one : { ...one, document }]
    }
    if (one.kind !== keptKind) return [one]
    const parsed = keptDocumentSchema.safeParse(one.document)
    if (!parsed.success || keptId(parsed.data) !== one.id) {
      findings.push(finding('conflict', `The kept document '${one.id}' is invalid`))
      return []
    }
    const problem = placeProblem(parsed.data)
    if (problem !== undefined) {
      findings.push(finding('conflict', `The kept document '${one.id}' is invalid: ${problem}`))
      return []
    }
    const { value, count } = withoutSecrets(parsed.data.value, secretNamesIn(parsed.data))
    const files = withoutSecretFiles(parsed.data.files)
    removed += count + files.count
    const document = { ...one.document, value, ...defined({ files: files.kept }) }
    const size = JSON.stringify(document).length
    if (size <= keptLimits.document) return [{ ...one, document }]
    const name = keptName(parsed.data)
    findings.push(
      finding(
        'conflict',
        `'${name}' is larger than ${inMegabytes(keptLimits.document)}, which is the limit for what is only kept: leave it out of the files`,
      ),
    )
    return []
  })
  if (removed > 0) {
    findings.push(
      finding(
        'note',
        `${removed === 1 ? '1 secret' : `${removed} secrets`} in settings that are only kept ${removed === 1 ? 'was' : 'were'} left out`,
      ),
    )
  }
  return { documents: prepared, findings }
}

/** A finding if a realm would keep more than the limit. */
export function keptTooMuch(documents: readonly Document[]): Finding[] {
  const sizes = documents.filter(isKept).map(({ document }) => JSON.stringify(document).length)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total <= keptLimits.realm) return []
  return [
    finding(
      'conflict',
      `The realm would keep more than ${inMegabytes(keptLimits.realm)} of settings without meaning here: leave some out of the files`,
    ),
  ]
}

function inMegabytes(characters: number): string {
  return `${characters / 1_048_576} MB`
}

/** Types of JSON Schema: the definition of a password is no password. */
const schemaTypes: ReadonlySet<Json | undefined> = new Set([
  'string',
  'number',
  'integer',
  'boolean',
  'array',
  'object',
])

/** A secret of all realms without its values. Variables stay as they are. */
function withoutSecretValues(id: string, document: JsonObject): { document: JsonObject; count: number } {
  const read = readEsv(id, document)
  // rule S47: otherwise the values of secrets in files are stored
  if (!('kind' in read) || read.kind !== 'secret') return { document, count: 0 }
  const isValue = ([name, value]: [string, Json]) =>
    ['activeValue', 'value', 'valueBase64'].includes(name) &&
    value !== null &&
    value !== '' &&
    !placeholder.test(asText(value))
  const { value: others, count } = withoutSecrets(
    Object.fromEntries(Object.entries(document).filter((member) => !isValue(member))),
  )
  const values = Object.entries(document).filter(isValue).length
  return { document: isJsonObject(others) ? others : {}, count: count + values }
}

/** Members of a definition that can have a value of the defined thing. */
const schemaValues: ReadonlySet<string> = new Set([
  'value',
  'default',
  'const',
  'enum',
  'example',
  'examples',
])

/** Every visitor of the vendor's pages sees their texts: the one after `password` is a translation. */
function secretNamesIn(kept: KeptDocument): (name: string) => boolean {
  return configurationId(kept)?.startsWith('uilocale/') ? () => false : isSecretSetting
}

/** Removes files with a private key. */
function withoutSecretFiles(files: Readonly<Record<string, string>> | undefined) {
  if (files === undefined) return { kept: undefined, count: 0 }
  const all = Object.entries(files)
  const kept = all.filter(([, text]) => !isSecretForm(text))
  return { kept: Object.fromEntries(kept), count: all.length - kept.length }
}

/**
 * Removes values that look like secrets, by name and form, with everything below such a name. `count` is how many.
 * @param isSecretName whether a member of this name has a secret
 */
export function withoutSecrets(json: Json, isSecretName = isSecretSetting): { value: Json; count: number } {
  let count = 0
  const removed = () => {
    count++
    return undefined
  }
  const clean = (value: Json, isSecret: boolean): Json | undefined => {
    if (isSecretForm(value)) return removed()
    if (typeof value === 'string') {
      return isSecret && value !== '' && !placeholder.test(value) ? removed() : value
    }
    if (typeof value === 'number') return isSecret ? removed() : value
    if (Array.isArray(value))
      return value.map((one) => clean(one, isSecret)).filter((one) => one !== undefined)
    return isJsonObject(value) ? cleanMembers(value, isSecret) : value
  }
  const cleanMembers = (value: JsonObject, isSecret: boolean): JsonObject => {
    const isDefinition = schemaTypes.has(value.type)
    const members = Object.entries(value).flatMap(([name, member]): [string, Json][] => {
      const inherits = isSecret && (!isDefinition || schemaValues.has(name))
      const kept = clean(
        member,
        // rule S57: otherwise an import keeps secrets that are deep below their name
        inherits || isSecretName(name) || isPrivateMember(value, name),
      )
      return kept === undefined ? [] : [[name, kept]]
    })
    return Object.fromEntries(members)
  }
  return { value: clean(json, false) ?? null, count }
}
