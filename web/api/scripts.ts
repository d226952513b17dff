import * as z from 'zod/mini'
import type { AnswerOf } from '../../contract/endpoint.ts'
import { scriptActions } from '../../contract/scripts.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { defined } from './defined.ts'
import { callAction } from './endpoint.ts'
import type { JsonObject } from './json.ts'
import { realmPath } from './realm-path.ts'
import { request, requestWithRevision } from './request.ts'
import { noteHeader } from './save-note.ts'

const scriptSchema = z.object({
  _id: z.string(),
  name: z.string(),
  description: z._default(z.nullable(z.string()), ''),
  script: z._default(z.string(), ''),
  default: z._default(z.boolean(), false),
  language: z._default(z.string(), 'JAVASCRIPT'),
  context: z.string(),
  evaluatorVersion: z._default(z.string(), '1.0'),
  lastModifiedDate: z.optional(z.number()),
})

/** A script of a realm, with its source decoded. */
export type Script = {
  id: string
  name: string
  description: string
  source: string
  language: string
  context: string
  /** `1.0` is the legacy generation, `2.0` the next. */
  evaluatorVersion: string
  savedAt: number | undefined
  /** Whether it ships with the server and is unchanged. */
  isBuiltIn: boolean
}

function toScript(resource: z.infer<typeof scriptSchema>): Script {
  const { _id, name, description, script, language, context, evaluatorVersion, lastModifiedDate } = resource
  const isBuiltIn = resource.default && lastModifiedDate === 0
  return {
    id: _id,
    name,
    description: description ?? '',
    source: fromBase64(script),
    language,
    context,
    evaluatorVersion,
    savedAt: lastModifiedDate,
    isBuiltIn,
  }
}

const listSchema = z.object({ result: z.array(scriptSchema) })

/** All scripts of a realm, sorted by name. */
export async function listScripts(realm: string, signal?: AbortSignal): Promise<Script[]> {
  const { result } = await request(listSchema, `${realmPath(realm)}/scripts`, {
    query: { _queryFilter: true },
    signal,
  })
  return result.map(toScript).toSorted((a, b) => a.name.localeCompare(b.name))
}

/** What people edit of a script. */
const scriptDocumentSchema = z.object({
  name: z.string(),
  description: z.string(),
  source: z.string(),
  language: z.string(),
  context: z.string(),
  evaluatorVersion: z.string(),
})

export type ScriptDocument = z.infer<typeof scriptDocumentSchema>

/** Without an id, saving creates the script. `revision` is its ETag. */
export type StoredScript<Id = string> = { id: Id; document: ScriptDocument; revision: string }

/** @throws Error if a member is missing. */
export function scriptDocument(document: JsonObject): ScriptDocument {
  return z.parse(scriptDocumentSchema, document)
}

export async function readScript(realm: string, id: string, signal?: AbortSignal): Promise<StoredScript> {
  return toStored(await requestWithRevision(scriptSchema, scriptPath(realm, id), { signal }))
}

/** A script to save. Without a revision, it must not exist. */
type SentScript = { id: string | undefined; document: ScriptDocument; revision: string | undefined }

/** @throws ApiError 409 when the name is taken, 412 after a concurrent change. */
export async function saveScript(
  realm: string,
  { id, document, revision }: SentScript,
  note = '',
): Promise<StoredScript> {
  const { source, ...rest } = document
  const options = { body: { ...rest, script: toBase64(source) }, headers: noteHeader(note) }
  if (id === undefined) {
    const path = `${realmPath(realm)}/scripts`
    return toStored(
      await requestWithRevision(scriptSchema, path, {
        ...options,
        method: 'POST',
        query: { _action: 'create' },
      }),
    )
  }
  const condition = revision === undefined ? { 'if-none-match': '*' } : { 'if-match': `"${revision}"` }
  const headers = { ...options.headers, ...condition }
  return toStored(
    await requestWithRevision(scriptSchema, scriptPath(realm, id), { ...options, method: 'PUT', headers }),
  )
}

/** @throws ApiError 412 if it changed since the given revision. */
export async function removeScript(realm: string, id: string, revision: string): Promise<void> {
  const headers = { 'if-match': `"${revision}"` }
  await request(z.unknown(), scriptPath(realm, id), { method: 'DELETE', headers })
}

function scriptPath(realm: string, id: string): string {
  return `${realmPath(realm)}/scripts/${encodeURIComponent(id)}`
}

function toStored({
  body,
  revision,
}: {
  body: z.infer<typeof scriptSchema>
  revision: string
}): StoredScript {
  const { id, savedAt: _at, isBuiltIn: _isBuiltIn, ...document } = toScript(body)
  return { id, document, revision }
}

type Problem = NonNullable<AnswerOf<typeof scriptActions.actions.validate>['errors']>[number]

/** Lines and columns count from 1. Code with a warning does not run in the vendor's engine, or uses unknown names. */
export type ScriptProblem = Problem & { severity: 'error' | 'warning'; isName?: true | undefined }

/** How a script runs. */
export type ScriptKind = {
  context: string
  evaluatorVersion: string
  /** Settings and outcomes of a custom node. */
  properties?: readonly string[] | undefined
  outcomes?: readonly string[] | undefined
  /** Of a stored script, whose outcomes are those of its nodes. */
  id?: string | undefined
}

/** Checks the syntax of a source, and the names that it uses. */
export async function checkScript(
  realm: string,
  source: string,
  kind: ScriptKind,
  signal?: AbortSignal,
): Promise<ScriptProblem[]> {
  const { context, evaluatorVersion, id, ...named } = kind
  const lists = Object.fromEntries(
    Object.entries(named).flatMap(([name, list]) => (list === undefined ? [] : [[name, [...list]]])),
  )
  const body = {
    script: toBase64(source),
    language: 'JAVASCRIPT',
    context,
    evaluatorVersion,
    ...defined({ id }),
    ...lists,
  }
  const { errors = [], warnings = [] } = await callAction(scriptActions, 'validate', { realm, body, signal })
  return [
    ...errors.map((problem) => ({ ...problem, severity: 'error' as const })),
    ...warnings.map((problem) => ({ ...problem, severity: 'warning' as const })),
  ]
}
