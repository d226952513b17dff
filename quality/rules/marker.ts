import ts from 'typescript'

/** A comment that names the rule of SECURITY.md which the code below it keeps: `// rule S13: otherwise …`. */
export type Marker = {
  /** A rule of the help desk (H…) or the server (R…), or a finding of the security review (S…). */
  rule: string
  /** Consequence if the code were missing. */
  otherwise: string
  /** Counted from 1. */
  line: number
} & Guarded

type Guarded = {
  guarded: ts.Node
  /** Whether the marker is at the dot of a call in a chain, and guards only this call. */
  isLink: boolean
}

const pattern = /^[ \t]*\/\/ rule ([HRS]\d+): otherwise (.+)$/gm

/** @throws Error for a marker that no code follows. */
export function markersIn(file: string, text: string): Marker[] {
  const found = [...text.matchAll(pattern)]
  if (found.length === 0) return []
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)
  return found.map(({ 0: comment, 1: rule = '', 2: otherwise = '', index }) => {
    const line = source.getLineAndCharacterOfPosition(index).line + 1
    const guarded = nodeAt(source, codeAfter(text, index + comment.length))
    if (guarded === undefined) throw new Error(`${file}:${line}: no code follows the marker of ${rule}`)
    return { rule, otherwise, line, ...guarded }
  })
}

/** Skips white space and further comments. */
function codeAfter(text: string, position: number): number {
  const trivia = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
  trivia.lastIndex = position
  trivia.exec(text)
  return trivia.lastIndex
}

/** The largest node that begins at `position`, or the call whose dot is there. */
function nodeAt(source: ts.SourceFile, position: number): Guarded | undefined {
  let found: Guarded | undefined
  const visit = (node: ts.Node): void => {
    if (found !== undefined || node.pos > position || node.end <= position) return
    const isLink = ts.isPropertyAccessExpression(node) && dotOf(node) === position
    if (isLink) found = { guarded: node.parent, isLink }
    else if (node !== source && node.getStart(source) === position) found = { guarded: node, isLink }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function dotOf({ name, questionDotToken }: ts.PropertyAccessExpression): number {
  return questionDotToken?.getStart() ?? name.getStart() - 1
}
