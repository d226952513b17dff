import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject, jsonSchema } from '../../engine/json.ts'
import { digest } from '../../secrets/digest.ts'
import { type Finding, finding } from './finding.ts'

/** The kind of the documents that keep parts of exports. */
export const keptKind = 'keptDocument'

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

/** Maximum sizes as JSON, in characters: of one document, and of all in a realm. */
export const keptLimits = { document: 4 * 1_048_576, realm: 16 * 1_048_576 }

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

type Document = { kind: string; id: string; document: JsonObject }

/** Without the kept documents, which only an import changes. */
export function withoutKept<Content extends { documents: readonly { kind: string }[] }>(
  content: Content,
): Content {
  return { ...content, documents: content.documents.filter(({ kind }) => kind !== keptKind) }
}

/** Prepares kept documents for storage: removes their secrets. Returns findings about secrets, sizes and invalid documents. */
export function prepareKept<One extends Document>(
  documents: readonly One[],
): { documents: One[]; findings: Finding[] } {
  const findings: Finding[] = []
  let removed = 0
  const prepared = documents.flatMap((one) => {
    if (one.kind !== keptKind) return [one]
    const parsed = keptDocumentSchema.safeParse(one.document)
    if (!parsed.success || keptId(parsed.data) !== one.id) {
      findings.push(finding('conflict', `The kept document '${one.id}' is invalid`))
      return []
    }
    const { value, count } = withoutSecrets(parsed.data.value)
    removed += count
    const document = { ...one.document, value }
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
  const sizes = documents.map(({ kind, document }) =>
    kind === keptKind ? JSON.stringify(document).length : 0,
  )
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

const secretName =
  /(?:pass(?:word|phrase|code)|secret|credentials?|private_?key|api_?key|(?:access|refresh|bearer|auth|api)_?token|valuebase64|activevalue|-encrypted)s?$|^(?:proxy-)?authorization$|^cookie$/i

/** Members of a JSON Web Key that only its owner may know. */
const privateKeyMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** A text that stands for a value elsewhere. */
const placeholder = /^(?:&\{[^}]*\}|\$\{[^}]*\})$/

/** Removes values that look like secrets, by name and form. `count` is how many. */
function withoutSecrets(json: Json): { value: Json; count: number } {
  let count = 0
  const clean = (value: Json, isSecret: boolean): Json | undefined => {
    if (typeof value === 'string') {
      if ((isSecret && value !== '' && !placeholder.test(value)) || value.includes('PRIVATE KEY-----')) {
        count++
        return undefined
      }
      return value
    }
    if (Array.isArray(value))
      return value.map((one) => clean(one, isSecret)).filter((one) => one !== undefined)
    if (!isJsonObject(value)) return value
    if (value.$crypto !== undefined) {
      count++
      return undefined
    }
    return cleanMembers(value, isSecret)
  }
  const cleanMembers = (value: JsonObject, isSecret: boolean): JsonObject => {
    const isKey = typeof value.kty === 'string'
    const members = Object.entries(value).flatMap(([name, member]): [string, Json][] => {
      const hides =
        (isSecret && name === 'value') || secretName.test(name) || (isKey && privateKeyMembers.includes(name))
      const kept = clean(member, hides)
      return kept === undefined ? [] : [[name, kept]]
    })
    return Object.fromEntries(members)
  }
  return { value: clean(json, false) ?? null, count }
}
