import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'
import { issueText } from '../issue-text.ts'

/** A mistake in a file. Lines count from 1. */
export type Problem = { file: string; line: number; message: string }

export type YamlDocument = ReturnType<typeof parseDocument>

/** YAML or JSON with the lines of its parts. Lines count from 1. */
export type LocatedYaml = {
  document: YamlDocument
  value: unknown
  /** The line of the part at a path, or of the nearest one around it. */
  lineAt(path: readonly PropertyKey[]): number
  lineOfNode(node: Node | undefined): number
}

/** @returns the problems of a text that is no YAML. */
export function locatedYaml(file: string, text: string): LocatedYaml | Problem[] {
  const lines = new LineCounter()
  // Version 1.2 has no implicit dates and no `yes`.
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', merge: true })
  const problems = [...document.errors, ...document.warnings]
  if (problems.length > 0) {
    return problems.map(({ message, pos }) => ({
      file,
      line: lines.linePos(pos[0]).line,
      message: message.split('\n')[0] ?? '',
    }))
  }
  const value = contentOf(document)
  if (value instanceof Error) return [{ file, line: 1, message: value.message.split('\n')[0] ?? '' }]
  const lineOfNode = (node: Node | undefined) => lines.linePos(node?.range?.[0] ?? 0).line
  return {
    document,
    value,
    lineAt: (path) => lineOfNode(deepestNode(document, path)),
    lineOfNode,
  }
}

/** @returns an error for a text that would grow, with many aliases. */
function contentOf(document: YamlDocument): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 })
  } catch (error) {
    return error instanceof Error ? error : new Error('not YAML')
  }
}

/** The node at a path, or the nearest one around it. */
export function deepestNode(document: YamlDocument, path: readonly PropertyKey[]): Node | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (typeof node === 'object' && node !== null && 'range' in node) return node as Node
  }
  return undefined
}

/**
 * Mistakes in the content, each with its line.
 * @param names known members, for suggestions.
 * @param below where the content is in the file.
 */
export function issuesIn(
  { document, lineAt, lineOfNode }: LocatedYaml,
  { issues }: z.ZodError,
  { file, names, below = [] }: { file: string; names: readonly string[]; below?: readonly PropertyKey[] },
): Problem[] {
  return issues.map((issue) => {
    const path = [...below, ...issue.path]
    const unknown = issue.code === 'unrecognized_keys' ? keyNode(document, path, issue.keys[0]) : undefined
    const line = unknown === undefined ? lineAt(path) : lineOfNode(unknown)
    return { file, line, message: issueText(issue, names) }
  })
}

function keyNode(
  document: YamlDocument,
  path: readonly PropertyKey[],
  name: string | undefined,
): Node | undefined {
  const map = path.length === 0 ? document.contents : document.getIn(path, true)
  const keys = isMap(map) ? map.items.map(({ key }) => key) : []
  return keys.filter((key) => isScalar(key)).find(({ value }) => value === name)
}
