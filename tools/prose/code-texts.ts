import ts from 'typescript'
import type { Text } from './text.ts'

/** Strings with fewer words are names, not sentences. */
const fewestWords = 3

/** The comments, test names, sentences in strings and, in pages, texts of JSX elements. */
export function codeTexts(file: string, content: string): Text[] {
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.ESNext, true)
  const texts = commentsOf(source)
  const add = (kind: Text['kind'], node: ts.Node, text: string) => {
    texts.push({
      kind,
      file,
      line: lineOf(source, node.getStart(source)),
      text: text.replaceAll(/\s+/g, ' ').trim(),
    })
  }
  const isPage = file.startsWith('web/')
  const isTest = /^test\/|\.(test|contract)\.tsx?$/.test(file)
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && wordsIn(node.text) > 1) add('UI text', node, node.text)
    if (isSentence(node)) {
      if (isTestName(node)) add('test name', node, stringOf(node))
      // Tests quote texts that are checked where they are written.
      else if (!isTest) add(isPage ? 'UI text' : 'string', node, stringOf(node))
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return texts.sort((a, b) => a.line - b.line)
}

function isSentence(node: ts.Node): node is ts.StringLiteralLike | ts.TemplateExpression {
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return false
  const { parent } = node
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return false
  if (ts.isJsxAttribute(parent) && parent.name.getText() === 'className') return false
  return wordsIn(stringOf(node)) >= fewestWords
}

/** The text of a string; each value of a template becomes `…`. */
function stringOf(node: ts.StringLiteralLike | ts.TemplateExpression): string {
  if (ts.isStringLiteralLike(node)) return node.text
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /^[\p{L}’'"“(]+[.,:;?!)”"]*$/u.test(word)).length
}

/** The first argument of `test(…)`, `test.each(…)(…)` and the like, or the first text of a row in `test.each([…])`. */
function isTestName(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isArrayLiteralExpression(parent) && ts.isArrayLiteralExpression(parent.parent)) {
    return parent.elements[0] === node && isArgument(parent.parent, /\.each$/)
  }
  return isArgument(node, /^(test|it|describe)\b/)
}

function isArgument(node: ts.Node, of: RegExp): boolean {
  const { parent } = node
  return ts.isCallExpression(parent) && parent.arguments[0] === node && of.test(parent.expression.getText())
}

function commentsOf(source: ts.SourceFile): Text[] {
  const { text: content, fileName: file } = source
  const ranges = new Map<number, ts.CommentRange>()
  const collectAt = (position: number): void => {
    const found = [
      ...(ts.getTrailingCommentRanges(content, position) ?? []),
      ...(ts.getLeadingCommentRanges(content, position) ?? []),
    ]
    for (const range of found) ranges.set(range.pos, range)
  }
  const visit = (node: ts.Node): void => {
    // Text in JSX may look like a comment.
    if (ts.isJsxText(node)) return
    collectAt(node.pos)
    if (!ts.isJsxElement(node) && !ts.isJsxOpeningElement(node)) collectAt(node.end)
    ts.forEachChild(node, visit, (nodes) => {
      // The start of an empty block, and what follows the last comma of a list.
      if (!nodes.some(ts.isJsxText)) for (const position of [nodes.pos, nodes.end]) collectAt(position)
      nodes.forEach(visit)
    })
  }
  visit(source)
  const texts: Text[] = []
  let lastLine = 0
  for (const { pos, end, kind } of [...ranges.values()].sort((a, b) => a.pos - b.pos)) {
    const line = lineOf(source, pos)
    const text = proseOf(content.slice(pos, end))
    const previous = texts.at(-1)
    const isAlone = content.slice(content.lastIndexOf('\n', pos - 1) + 1, pos).trim() === ''
    const isContinued = isAlone && kind === ts.SyntaxKind.SingleLineCommentTrivia && lastLine === line - 1
    if (isContinued && previous !== undefined) previous.text += ` ${text}`
    else texts.push({ kind: 'comment', file, line, text })
    lastLine = kind === ts.SyntaxKind.SingleLineCommentTrivia ? line : 0
  }
  return texts.filter(({ text }) => text !== '' && !/^(biome-ignore|@type|@ts-|#!|v8 ignore)/.test(text))
}

function proseOf(comment: string): string {
  return comment
    .replaceAll(/^\/\*\*?|\*\/$|^\/\/+/g, '')
    .replaceAll(/^\s*\* ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function lineOf(source: ts.SourceFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line + 1
}
