import { readFileSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { isAlias, isMap, isSeq, type Node } from 'yaml'
import { issueText } from '../issue-text.ts'
import { type WalkFile, walkFileSchema, walkMembers } from '../walk-file.ts'
import { deepestNode, issuesIn, locatedYaml, type Problem, type YamlDocument } from './yaml-file.ts'

/** A walk file, and where its parts are. */
export type LoadedWalkFile = {
  file: string
  content: WalkFile
  /** @param walk and @param step are indexes. Without a step: where the walk begins. */
  lineOf(walk: number, step?: number): number
}

/** Texts of walk files in YAML that are not written yet, by their paths. */
export type Unwritten = ReadonlyMap<string, string>
export const noFiles: Unwritten = new Map()

/** Names of walk files. */
export const walkFilePattern = /\.walk\.(ya?ml|[mc]?[jt]s)$/

/** What names a walk in a project. */
export function walkKey({ file, it }: { file: string; it: string }): string {
  return `${file}\n${it}`
}

/**
 * Reads a walk file.
 * @param file path, as it is shown.
 * @param unwritten texts of files that are not written yet.
 * @returns its problems if it is not valid.
 */
export async function loadWalkFile(
  file: string,
  unwritten: Unwritten = noFiles,
): Promise<LoadedWalkFile | Problem[]> {
  let text: string
  try {
    text = unwritten.get(file) ?? readFileSync(file, 'utf8')
  } catch (error) {
    return [notLoaded(file, error)]
  }
  return /\.ya?ml$/.test(file) ? loadYaml(file, text) : loadModule(file, text)
}

/** It has mistakes, was removed, links to nothing, or may not be read. */
function notLoaded(file: string, error: unknown): Problem {
  return { file, line: 1, message: `cannot be loaded: ${error instanceof Error ? error.message : error}` }
}

/** Reads walks in YAML. */
function loadYaml(file: string, text: string): LoadedWalkFile | Problem[] {
  const yaml = locatedYaml(file, text)
  if (Array.isArray(yaml)) return yaml
  const { document, value, lineOfNode } = yaml
  const parsed = walkFileSchema.safeParse(value)
  if (!parsed.success) return issuesIn(yaml, parsed.error, { file, names: walkMembers })
  const stepLines = parsed.data.walks.map((_, walk) => {
    const steps = deepestNode(document, ['walks', walk, 'steps'])
    return isSeq(steps) ? flatItems(steps, document).map(lineOfNode) : []
  })
  return {
    file,
    content: parsed.data,
    lineOf(walk, step) {
      const line = step === undefined ? undefined : stepLines[walk]?.[step]
      return line ?? yaml.lineAt(['walks', walk])
    },
  }
}

/** The items of a list; those of inner lists in their places. */
function flatItems(list: Node, document: YamlDocument): Node[] {
  const target = isAlias(list) ? list.resolve(document) : list
  if (!isSeq(target)) return [list]
  // Items of a parsed document are nodes.
  return target.items.flatMap((item) => {
    const node = item as Node
    const inner = isAlias(node) ? node.resolve(document) : node
    return isSeq(inner)
      ? flatItems(inner, document)
      : [isMap(inner) && isAlias(node) ? node : (inner as Node)]
  })
}

/** When files were changed that this process has loaded. */
const firstLoaded = new Map<string, number>()

/** The address of a module. A parameter makes Node load a changed file again; loaders of test runners know only plain ones. */
function moduleUrl(file: string): string {
  const { href } = pathToFileURL(file)
  const changedAt = statSync(file).mtimeMs
  const first = firstLoaded.get(href) ?? changedAt
  firstLoaded.set(href, first)
  return changedAt === first ? href : `${href}?changed=${changedAt}`
}

async function loadModule(file: string, source: string): Promise<LoadedWalkFile | Problem[]> {
  let exported: unknown
  try {
    const module: { default?: unknown } = await import(moduleUrl(file))
    exported = module.default
  } catch (error) {
    return [notLoaded(file, error)]
  }
  const loaded = parsedWalks(file, exported)
  if (Array.isArray(loaded)) return loaded
  return { ...loaded, lineOf: (walk) => lineOfText(source, loaded.content.walks[walk]?.it ?? '') }
}

/** Parses walks that a program wrote. @param file is shown as their file. */
export function parsedWalks(file: string, walks: unknown): LoadedWalkFile | Problem[] {
  const parsed = walkFileSchema.safeParse(walks)
  if (parsed.success) return { file, content: parsed.data, lineOf: () => 1 }
  return parsed.error.issues.map((issue) => ({
    file,
    line: 1,
    message: `these are not walks: ${issue.path.join('.')}: ${issueText(issue, walkMembers)}`,
  }))
}

function lineOfText(source: string, text: string): number {
  const at = source.indexOf(text)
  return at < 0 ? 1 : source.slice(0, at).split('\n').length
}
