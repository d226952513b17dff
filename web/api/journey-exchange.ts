import * as z from 'zod/mini'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

/** The server takes no more at once, in bytes. */
export const maxImportBytes = 20 * 1_048_576

const itemSchema = z.object({
  /** `journey`, `node`, `script`, `customNodeType`, or what else came along. */
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  /** `kept`: it differs, and stays as the realm has it. */
  status: z.enum(['new', 'changed', 'identical', 'kept']),
  /** The journey of a node. */
  journey: z.optional(z.string()),
})

const findingSchema = z.object({
  kind: z.enum(['conflict', 'missing', 'unsupported', 'unreadable', 'note']),
  message: z.string(),
})

const planSchema = z.object({
  items: z.array(itemSchema),
  findings: z.array(findingSchema),
  /** False when the files contradict themselves or the realm. */
  isPossible: z.boolean(),
  /** The realms that the files are from, where they are from several. */
  realms: z.optional(z.array(z.string())),
})

/** What an import would do, or did. */
export type Plan = z.infer<typeof planSchema>
export type PlanItem = z.infer<typeof itemSchema>
/** Something worth knowing about an import or an export. `conflict` alone stops it. */
export type ExchangeFinding = z.infer<typeof findingSchema>

/** A file to import: what is JSON is parsed, everything else is text. Layouts of folders mean something by `path`. */
export type FileToSend = { path: string; json: unknown } | { path: string; text: string }

export type ImportOptions = {
  /** Whether scripts, custom nodes, templates and themes come along. */
  dependencies: boolean
  /** What becomes of what the realm has already. */
  existing: 'replace' | 'skip'
  /** The realm of the files to take, where they are from several; left out, the realm itself. */
  from: string | undefined
}

/**
 * Tells what an import would do, and does nothing.
 * @throws ApiError 400 that says which file cannot be read and why, 413 for more than {@link maxImportBytes}.
 */
export function planImport(
  realm: string,
  files: readonly FileToSend[],
  options: ImportOptions,
  signal?: AbortSignal,
): Promise<Plan> {
  return send(realm, files, { ...options, dryRun: true }, signal)
}

/** Imports all or nothing, and tells what was done. @throws ApiError as above. */
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
 * Journeys with all that they need, as the vendor's tools write them.
 * @param form `single` holds one journey without those that it starts; `multi` holds them too.
 * @returns the content of the file, and what is needed and not there.
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
