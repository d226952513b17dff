import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { OperationError } from '../base/errors.ts'
import type { Severity } from '../journeys/lint/finding.ts'
import { packageVersion } from '../server/version.ts'
import { configurationOf, isProject, projectFile } from '../testing/project/project.ts'
import { environmentOf } from '../testing/world/environment.ts'
import { type Annotation, annotationLine, isInGitHubActions } from './annotations.ts'
import type { Allowances } from './lint-allowances.ts'
import { pathsToLint } from './lint-arguments.ts'
import { type LintedFiles, lintFiles } from './lint-files.ts'
import { findingsText, type LocatedFinding } from './located-finding.ts'
import { openTarget } from './open-target.ts'
import { sarif } from './sarif.ts'
import { realmPath, type Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = {
  realm: { type: 'string' },
  data: { type: 'string' },
  journey: { type: 'string', multiple: true },
  sarif: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

const defaultRealm = 'alpha'

type Values = { realm?: string; data?: string; journey?: string[]; sarif?: string; json: boolean }

/**
 * `sidegate lint [PATH…|JOURNEY…]`: prints the findings of journeys, in files or of a server.
 * @returns false if one of the findings is an error.
 * @throws UsageError after printing, if some files could not be checked.
 * @throws OperationError naming a journey that does not exist.
 */
export async function lintCommand(args: string[], terminal: Terminal): Promise<boolean> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  const paths = pathsToLint(positionals, values, terminal.environment)
  if (paths.length === 0) return lintServer([...positionals, ...(values.journey ?? [])], values, terminal)
  const { findings, isBroken, realms, realm, allowed } = await lintPaths(paths, values, terminal)
  print(findings, values, terminal)
  if (allowed > 0 && !values.json) {
    terminal.print(`${allowed === 1 ? '1 finding is' : `${allowed} findings are`} allowed in ${projectFile}.`)
  }
  if (values.sarif !== undefined) {
    const otherwise = relative(process.cwd(), paths[0] ?? '') || '.'
    write(values.sarif, `${JSON.stringify(sarif(findings, packageVersion(), otherwise), null, 2)}\n`)
  }
  const others = realms.filter((name) => realmPath(name) !== realm)
  if (others.length > 0) terminal.warn(`Other realms in the files: ${others.join(', ')}. See --realm.`)
  if (isBroken) throw new UsageError('Not all of the files could be checked.')
  return isGood(findings)
}

async function lintServer(journeys: string[], values: Values, terminal: Terminal): Promise<boolean> {
  if (values.sarif !== undefined) throw new UsageError('--sarif needs files or folders to lint')
  const target = await openTarget({ ...values, realm: values.realm ?? defaultRealm }, terminal.environment)
  try {
    const findings = (await target.lint(journeys)).map((finding) => ({ ...finding, place: undefined }))
    print(findings, values, terminal)
    return isGood(findings)
  } finally {
    await target.close()
  }
}

/** @throws UsageError for files that can't be read at all. */
async function lintPaths(
  paths: readonly string[],
  values: Values,
  { environment }: Terminal,
): Promise<LintedFiles & { realm: string }> {
  try {
    const { sources, realm, allowances, esv } = subjectOf(paths, values)
    return {
      realm,
      ...(await lintFiles(sources, { realm }, allowances, { ...environment, ...environmentOf(esv) })),
    }
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    throw new UsageError(error.message, { cause: error })
  }
}

/** A project names its realm, and the files of its configuration, in `sidegate.yaml`. */
function subjectOf(
  paths: readonly string[],
  values: Values,
): { sources: string[]; realm: string; allowances: Allowances[]; esv: Record<string, string> } {
  const projects = new Map(paths.filter(isProject).map((path) => [path, configurationOf(path)]))
  const [project] = projects.values()
  return {
    sources: paths.flatMap((path) => projects.get(path)?.sources ?? path),
    realm: realmPath(values.realm ?? project?.realm ?? defaultRealm),
    allowances: [...projects].map(([path, { settings }]) => ({
      file: join(path, projectFile),
      allow: settings.lint.allow,
    })),
    esv: Object.assign({}, ...[...projects.values()].map(({ settings }) => settings.esv)),
  }
}

function print(findings: readonly LocatedFinding[], { json }: Values, terminal: Terminal): void {
  if (json) {
    terminal.print(
      JSON.stringify(
        findings.map(({ place, ...finding }) => ({ ...finding, ...place })),
        null,
        2,
      ),
    )
    return
  }
  terminal.print(findingsText(findings))
  if (!isInGitHubActions(terminal.environment)) return
  for (const finding of findings) terminal.print(annotationLine(annotationOf(finding), terminal.environment))
}

const levels: Readonly<Record<Severity, Annotation['level']>> = {
  error: 'error',
  warning: 'warning',
  hint: 'notice',
}

function annotationOf({ severity, rule, message, remedy, place }: LocatedFinding): Annotation {
  return { level: levels[severity], place, title: rule, message: `${message} ${remedy}` }
}

function isGood(findings: readonly LocatedFinding[]): boolean {
  return findings.every(({ severity }) => severity !== 'error')
}

/** @throws OperationError if the file can't be written. */
function write(path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw new OperationError(`${path}: cannot be written`, { cause: error })
  }
}
