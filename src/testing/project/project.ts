import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { OperationError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { type Places, placesOf } from '../../journeys/exchange/places.ts'
import { readFiles } from '../../journeys/exchange/read-files.ts'
import { type RealmSettings, realmSettingsSchema } from '../../realms/realm.ts'
import { declaredSettingsSchema } from '../declared-settings.ts'
import { invariantSchema } from '../explore/invariants.ts'
import { httpMockSchema } from '../http-mock.ts'
import { targetsSchema } from '../remote/targets.ts'
import { walkMembers } from '../walk-file.ts'
import type { AddToWorld } from '../world/prepared-world.ts'
import { walkFilePattern } from './walk-files.ts'
import { issuesIn, type LocatedYaml, locatedYaml, type Problem } from './yaml-file.ts'

const paths = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat())

/** A finding of the linter that is intended. */
const allowanceSchema = z.strictObject({
  rule: z.string().min(1).describe('The rule, as docs/lint.md names it.'),
  journey: z.string().min(1),
  node: z.string().min(1).optional().describe('Display name or id of the node. Default: all nodes.'),
  outcome: z.string().min(1).optional().describe('The outcome of the node. Default: all outcomes.'),
  why: z.string().trim().min(1, 'must say why the finding is intended'),
})

export type Allowance = z.infer<typeof allowanceSchema>

/** The engines as which scripts of walks can run. */
export const engines = ['vendor', 'server'] as const

/** `sidegate.yaml`. */
export const projectSchema = z.strictObject({
  realm: z.string().min(1).default('alpha').describe('The realm of the journeys.'),
  configuration: paths.default(['.']).describe('Files and folders with the exported configuration.'),
  tests: paths.default(['.']).describe('Folders with walk files.'),
  settings: z
    .union([z.string().min(1), declaredSettingsSchema])
    .default({})
    .describe('Settings of the realm, or a JSON or YAML file that has them.'),
  esv: z.record(z.string(), z.string()).default({}).describe('Variables and secrets for all walks.'),
  allow: z.array(z.string()).default([]).describe('Hosts that walks can really call: host or host:port.'),
  engine: z
    .enum(engines)
    .default('vendor')
    .describe('What scripts find: only what the vendor’s engine has, or all that this server’s has.'),
  dev: z
    .strictObject({
      http: z.array(httpMockSchema).default([]).describe('Replies to HTTP calls, as in walks.'),
    })
    .default({ http: [] })
    .describe('What `sidegate dev` adds.'),
  invariants: z
    .array(invariantSchema)
    .default([])
    .describe('Rules for all journeys, which explore checks, such as success needs one of [pwd, otp].'),
  coverage: z
    .record(z.string(), z.number().min(0).max(100))
    .default({})
    .describe('Minimum coverage in percent, such as outcomes: 90.'),
  lint: z
    .strictObject({ allow: z.array(allowanceSchema).default([]) })
    .default({ allow: [] })
    .describe('Findings of the linter that are intended.'),
  targets: targetsSchema.default({}).describe('Running servers on which walks can be played.'),
})

/** Settings of a project, those of its realm read from their file. */
export type ProjectSettings = Omit<z.infer<typeof projectSchema>, 'settings'> & { settings: JsonObject }

/** What walks need of a project. */
export type TestedProject = Omit<Project, 'places'>

/** A folder with configuration and walks. */
export type Project = {
  folder: string
  settings: ProjectSettings
  /** Path of the realm. */
  realm: string
  bundle: Bundle
  places: Places
  /** Stores what exports don't contain, once for all walks. Only projects made in code have it. */
  addTo?: AddToWorld
}

export const projectFile = 'sidegate.yaml'

/**
 * Finds the project of a path: the nearest folder above it with a `sidegate.yaml`, or else the path itself or its folder.
 * @throws OperationError for a missing path.
 */
export function projectFolderOf(path: string): string {
  if (!existsSync(path)) throw new OperationError(`${path}: file or folder not found`)
  const start = statSync(path).isDirectory() ? resolve(path) : dirname(resolve(path))
  for (let folder = start; ; folder = dirname(folder)) {
    if (isProject(folder)) return folder
    if (folder === dirname(folder)) return start
  }
}

/**
 * Reads a project. Paths in it are shown relative to the current folder.
 * @throws OperationError for settings or a configuration that can't be read.
 */
export function openProject(folder: string): Project {
  const { settings, realm, sources } = configurationOf(folder)
  const bundle = readFiles(sources, { realm })
  const setting = `Set \`configuration\` in ${shownPath(join(folder, projectFile))} to`
  if (bundle.journeys.length === 0) {
    const searched = sources.map(shownPath).join(', ')
    throw new OperationError(`${searched} contains no journeys. ${setting} a folder with exports.`)
  }
  refuseCopies(bundle, setting)
  return { folder, settings, realm, bundle, places: placesOf(sources, { realm }) }
}

/**
 * Refuses files with different copies of a thing.
 * @param how the beginning of a sentence that ends with other files.
 * @throws OperationError that names the first.
 */
export function refuseCopies({ findings }: Bundle, how: string): void {
  const [first, ...others] = findings.filter(({ kind }) => kind === 'conflict')
  if (first === undefined) return
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  throw new OperationError(`${first.message}${more}. ${how} files or a folder with only one of them.`)
}

/** Whether a folder has a `sidegate.yaml`. */
export function isProject(folder: string): boolean {
  return existsSync(join(folder, projectFile))
}

/** The settings of a project, the path of its realm, and the files and folders with its configuration. */
export function configurationOf(folder: string): {
  settings: ProjectSettings
  realm: string
  sources: readonly string[]
} {
  const settings = readSettings(join(folder, projectFile))
  return {
    settings,
    realm: `/${settings.realm.replace(/^\/+/, '')}`,
    sources: settings.configuration.map((path) => (isAbsolute(path) ? path : join(folder, path))),
  }
}

/** Reads `sidegate.yaml`; without one, the defaults. @throws OperationError that names the line. */
function readSettings(file: string): ProjectSettings {
  if (!existsSync(file)) return { ...projectSchema.parse({}), settings: {} }
  const { settings, ...others } = parsedAs(projectSchema, file)
  if (typeof settings !== 'string') return { ...others, settings }
  const path = resolve(dirname(file), settings)
  if (!existsSync(path)) throw new OperationError(`${shownPath(file)}: settings: ${settings} was not found`)
  return { ...others, settings: parsedAs(declaredSettingsSchema, path) }
}

function parsedAs<Value>(schema: z.ZodType<Value>, file: string): Value {
  const yaml = yamlIn(file)
  const parsed = schema.safeParse(yaml.value ?? {})
  if (parsed.success) return parsed.data
  const names = [...Object.keys(projectSchema.shape), ...walkMembers]
  throw invalid(file, issuesIn(yaml, parsed.error, { file: shownPath(file), names }))
}

function yamlIn(file: string): LocatedYaml {
  const yaml = locatedYaml(shownPath(file), readFileSync(file, 'utf8'))
  if (Array.isArray(yaml)) throw invalid(file, yaml)
  return yaml
}

function invalid(file: string, problems: readonly Problem[]): OperationError {
  const lines = problems.map((problem) => `${problem.file}:${problem.line}: ${problem.message}`)
  return new OperationError([`${shownPath(file)} is invalid:`, ...lines].join('\n'))
}

/**
 * The settings of the realm of a project, defaults included.
 * @throws OperationError that names the line of an invalid one.
 */
export function realmSettingsOf(folder: string, settings: JsonObject): RealmSettings {
  const parsed = realmSettingsSchema.safeParse(settings)
  if (parsed.success) return parsed.data
  const file = join(folder, projectFile)
  const named = z.object({ settings: z.string() }).safeParse(yamlIn(file).value)
  const source = named.success ? resolve(folder, named.data.settings) : file
  const place = { file: shownPath(source), names: [], below: named.success ? [] : ['settings'] }
  throw invalid(source, issuesIn(yamlIn(source), parsed.error, place))
}

/** Walk files of a project, or those below the paths. Sorted. */
export function walkFilesIn(
  project: Pick<Project, 'folder' | 'settings'>,
  paths: readonly string[],
): string[] {
  const given = paths.filter((path) => resolve(path) !== project.folder)
  const searched = given.length > 0 ? given : project.settings.tests.map((path) => join(project.folder, path))
  // A project has no folder of tests before its first one.
  const existing = given.length > 0 ? searched : searched.filter((path) => existsSync(path))
  const found = existing.flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]))
  return [...new Set(found.map(shownPath))].toSorted()
}

function filesBelow(folder: string): string[] {
  return globSync('**/*.walk.*', { cwd: folder, exclude: (name) => /^(node_modules|\.[^.].*)$/.test(name) })
    .filter((name) => walkFilePattern.test(name))
    .map((name) => join(folder, name))
}

/** A path relative to the current folder if it is below it. */
export function shownPath(path: string): string {
  const shown = relative(process.cwd(), resolve(path))
  return shown === '' ? '.' : shown.startsWith('..') ? resolve(path) : shown
}
