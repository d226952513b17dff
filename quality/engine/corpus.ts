import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Where a snippet stands: at the top level of a script, or in a function. The rules for variables differ. */
export const forms = ['top', 'function'] as const
export type Form = (typeof forms)[number]

/** Text of the value, `! parse` or `! run`. */
export type Result = string

export type Snippet = { category: string; text: string; recorded: Partial<Record<Form, Result>> }

/** A line of a list of debts. `detail` is the sandbox's result, or the warning. */
export type Debt = { text: string; form: Form; detail: string }

const folder = join(import.meta.dirname, 'snippets')
const show = readFileSync(join(import.meta.dirname, 'show.js'), 'utf8')

/** The result of the function form in the file if both forms have the same. */
const sameAsTop = '='

/** @throws Error for a snippet that the corpus has twice. */
export function readSnippets(): Snippet[] {
  const snippets = globSync('*.tsv', { cwd: folder })
    .sort()
    .flatMap((file) =>
      rowsOf(join(folder, file)).map(([text = '', top, inFunction]) => {
        const recorded: Snippet['recorded'] = {}
        if (top !== undefined) recorded.top = top
        const ofFunction = inFunction === sameAsTop ? top : inFunction
        if (ofFunction !== undefined) recorded.function = ofFunction
        return { category: basename(file, '.tsv'), text, recorded }
      }),
    )
  const texts = new Set<string>()
  for (const { text, category } of snippets) {
    if (texts.has(text)) throw new Error(`The corpus has a snippet twice; remove one (${category}): ${text}`)
    texts.add(text)
  }
  return snippets
}

/** Writes the files of all categories. */
export function writeSnippets(snippets: readonly Snippet[]): void {
  for (const [category, rows] of Map.groupBy(snippets, (snippet) => snippet.category)) {
    const lines = rows.map(({ text, recorded: { top = '', function: inFunction = '' } }) =>
      [text, top, top === inFunction ? sameAsTop : inFunction].join('\t'),
    )
    writeLines(join(folder, `${category}.tsv`), lines)
  }
}

/** The snippet as a part of a script. `findIncompatibilities` reads this. */
export function sourceOf({ text }: Pick<Snippet, 'text'>, form: Form): string {
  const at = text.lastIndexOf(' ==> ')
  const [statements, expression] = at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + 5)]
  const source = `${statements === '' ? '' : `${statements}; `}outcome = show(${expression})`
  return form === 'top' ? source : `(function () { ${source} })()`
}

/** A whole script that sets `outcome` to the text of the snippet's value. */
export function scriptOf(snippet: Pick<Snippet, 'text'>, form: Form): string {
  return `${sourceOf(snippet, form)}\n${show}`
}

/** @param file name in this folder. */
export function readDebts(file: string): Debt[] {
  return rowsOf(join(import.meta.dirname, file)).map(([text = '', form, detail = '']) => {
    if (form !== 'top' && form !== 'function') throw new Error(`${file} names no form: ${text}`)
    return { text, form, detail }
  })
}

/** @param file name in this folder. */
export function writeDebts(file: string, debts: readonly Debt[]): void {
  const lines = debts.map(({ text, form, detail }) => [text, form, detail].join('\t'))
  writeLines(join(import.meta.dirname, file), lines)
}

function rowsOf(path: string): string[][] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
}

function writeLines(path: string, lines: readonly string[]): void {
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''))
}
