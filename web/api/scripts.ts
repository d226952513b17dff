import * as z from 'zod/mini'
import type { AnswerOf } from '../../contract/endpoint.ts'
import { scriptActions } from '../../contract/scripts.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { callAction } from './endpoint.ts'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'
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

export async function readScript(realm: string, id: string, signal?: AbortSignal): Promise<Script> {
  return toScript(
    await request(scriptSchema, `${realmPath(realm)}/scripts/${encodeURIComponent(id)}`, { signal }),
  )
}

/** Without an id, saving creates the script. */
export type ScriptDraft = Omit<Script, 'id' | 'savedAt' | 'isBuiltIn'> & { id: string | undefined }

/** @throws ApiError 409 when the name is taken. */
export async function saveScript(realm: string, draft: ScriptDraft, note = ''): Promise<Script> {
  const headers = noteHeader(note)
  const { id, source, name, description, language, context, evaluatorVersion } = draft
  const body = { name, description, script: toBase64(source), language, context, evaluatorVersion }
  const path = `${realmPath(realm)}/scripts`
  const saved =
    id === undefined
      ? request(scriptSchema, path, { method: 'POST', query: { _action: 'create' }, body, headers })
      : request(scriptSchema, `${path}/${encodeURIComponent(id)}`, { method: 'PUT', body, headers })
  return toScript(await saved)
}

export async function removeScript(realm: string, id: string): Promise<void> {
  await request(z.unknown(), `${realmPath(realm)}/scripts/${encodeURIComponent(id)}`, { method: 'DELETE' })
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
}

/** Checks the syntax of a source, and the names that it uses. */
export async function checkScript(
  realm: string,
  source: string,
  kind: ScriptKind,
  signal?: AbortSignal,
): Promise<ScriptProblem[]> {
  const { context, evaluatorVersion, ...named } = kind
  const lists = Object.fromEntries(
    Object.entries(named).flatMap(([name, list]) => (list === undefined ? [] : [[name, [...list]]])),
  )
  const body = { script: toBase64(source), language: 'JAVASCRIPT', context, evaluatorVersion, ...lists }
  const { errors = [], warnings = [] } = await callAction(scriptActions, 'validate', { realm, body, signal })
  return [
    ...errors.map((problem) => ({ ...problem, severity: 'error' as const })),
    ...warnings.map((problem) => ({ ...problem, severity: 'warning' as const })),
  ]
}
