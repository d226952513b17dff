import type { AnswerOf } from '../../contract/endpoint.ts'
import { exchangeJourneys } from '../../contract/journeys.ts'
import { callAction } from './endpoint.ts'

/** The server's limit for one import. */
export const maxImportBytes = 20 * 1_048_576

/** The effects of an import, planned or done. */
export type Plan = AnswerOf<typeof exchangeJourneys.actions.import>
/** `kind` is `journey`, `node`, `script`, `customNodeType` or another kind of dependency. */
export type PlanItem = Plan['items'][number]
/** Only a `conflict` prevents the import. */
export type ExchangeFinding = Plan['findings'][number]

/** A file to import, either parsed JSON or text. `path` matters for exports that are folders. */
export type FileToSend = { path: string; json: unknown } | { path: string; text: string }

/** Nodes go with their journey. */
export type ItemChoice = { kind: string; id: string; take: boolean }

export type ImportOptions = {
  /** Whether to import scripts, custom nodes, templates and themes too. */
  dependencies: boolean
  /** How to treat items that exist in the realm. */
  existing: 'replace' | 'skip'
  /** Whether to import single items. The others follow `existing`. */
  choices: readonly ItemChoice[]
  /** Whether to leave out what can't be read. Otherwise nothing is imported. */
  unreadable: 'refuse' | 'skip'
  /** Source realm to import when the files come from several. Default: the realm of the same name. */
  from: string | undefined
}

/**
 * Plans an import without changing anything.
 * @param options `hasLint`: also the findings that journeys will have, which takes longer.
 * @throws ApiError 400 naming the unreadable file and the reason, 413 above {@link maxImportBytes}.
 */
export function planImport(
  realm: string,
  files: readonly FileToSend[],
  options: ImportOptions & { hasLint?: boolean },
  signal?: AbortSignal,
): Promise<Plan> {
  return send(realm, files, { ...options, isDryRun: true, signal })
}

type MissingOptions = { only?: 'all' | 'secrets'; signal?: AbortSignal }

/** Findings about what the realm needs and lacks. `only`: about things without a secret, which is faster. */
export async function listMissing(
  realm: string,
  { only = 'all', signal }: MissingOptions,
): Promise<ExchangeFinding[]> {
  return (await callAction(exchangeJourneys, 'missing', { realm, query: { only }, signal })).findings
}

/**
 * Imports all or nothing.
 * @returns the effects.
 * @throws ApiError as above.
 */
export function importFiles(
  realm: string,
  files: readonly FileToSend[],
  options: ImportOptions,
): Promise<Plan> {
  return send(realm, files, { ...options, isDryRun: false })
}

function send(
  realm: string,
  files: readonly FileToSend[],
  {
    isDryRun,
    dependencies,
    existing,
    unreadable,
    from,
    choices,
    hasLint = false,
    signal,
  }: ImportOptions & { isDryRun: boolean; hasLint?: boolean; signal?: AbortSignal | undefined },
): Promise<Plan> {
  return callAction(exchangeJourneys, 'import', {
    realm,
    query: {
      dryRun: `${isDryRun}`,
      lint: `${hasLint}`,
      dependencies: `${dependencies}`,
      existing,
      unreadable,
      from,
    },
    body: { sidegateFiles: files, sidegateChoices: [...choices] },
    signal,
  })
}

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
  const body = { journeys: [...journeys], form }
  const { findings, ...file } = await callAction(exchangeJourneys, 'export', { realm, body })
  return { file, findings }
}
