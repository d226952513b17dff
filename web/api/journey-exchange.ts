import * as z from 'zod/mini'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

/** The server's limit for one import. */
export const maxImportBytes = 20 * 1_048_576

const itemSchema = z.object({
  /** `journey`, `node`, `script`, `customNodeType` or another kind of dependency. */
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  /** `kept`: differs from the realm's version, which stays. */
  status: z.enum(['new', 'changed', 'identical', 'kept']),
  /** For nodes: their journey. */
  journey: z.optional(z.string()),
})

const findingSchema = z.object({
  kind: z.enum(['conflict', 'missing', 'unsupported', 'unreadable', 'note']),
  message: z.string(),
})

const planSchema = z.object({
  items: z.array(itemSchema),
  findings: z.array(findingSchema),
  /** False when the files conflict with each other or with the realm. */
  isPossible: z.boolean(),
  /** Set when the files come from several realms. */
  realms: z.optional(z.array(z.string())),
})

/** What an import will do, or did. */
export type Plan = z.infer<typeof planSchema>
export type PlanItem = z.infer<typeof itemSchema>
/** Only a `conflict` prevents the import. */
export type ExchangeFinding = z.infer<typeof findingSchema>

/** A file to import, either parsed JSON or text. `path` matters for exports that are folders. */
export type FileToSend = { path: string; json: unknown } | { path: string; text: string }

export type ImportOptions = {
  /** Whether to import scripts, custom nodes, templates and themes too. */
  dependencies: boolean
  /** What to do with items that exist in the realm. */
  existing: 'replace' | 'skip'
  /** Source realm to import when the files come from several. Default: the realm of the same name. */
  from: string | undefined
}

/**
 * Plans an import without changing anything.
 * @throws ApiError 400 that says which file is unreadable and why, 413 above {@link maxImportBytes}.
 */
export function planImport(
  realm: string,
  files: readonly FileToSend[],
  options: ImportOptions,
  signal?: AbortSignal,
): Promise<Plan> {
  return send(realm, files, { ...options, dryRun: true }, signal)
}

/** Imports all or nothing. @returns what was done. @throws ApiError as above. */
export function importFiles(
  realm: string,
  files: readonly FileToSend[],
  options: ImportOptions,
): Promise<Plan> {
  return send(realm, files, { ...options, dryRun: false })
}

function send(
  realm: string,
  files: readonly FileToSend[],
  query: ImportOptions & { dryRun: boolean },
  signal?: AbortSignal,
): Promise<Plan> {
  return request(planSchema, `${realmPath(realm)}/journeys`, {
    method: 'POST',
    query: { _action: 'import', ...query },
    body: { sidegateFiles: files },
    signal,
  })
}

const exportSchema = z.looseObject({ findings: z._default(z.array(findingSchema), []) })

/**
 * Exports journeys with their dependencies in the vendor's format.
 * @param form `multi` includes inner journeys, `single` does not.
 * @returns the content of the file, and findings about missing dependencies.
 */
export async function exportJourneys(
  realm: string,
  journeys: readonly string[],
  form: 'single' | 'multi',
): Promise<{ file: unknown; findings: ExchangeFinding[] }> {
  const { findings, ...file } = await request(exportSchema, `${realmPath(realm)}/journeys`, {
    method: 'POST',
    query: { _action: 'export' },
    body: { journeys, form },
  })
  return { file, findings }
}
