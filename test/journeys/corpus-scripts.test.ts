import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { isJsonObject, type Json } from '../../src/base/json.ts'
import { readSource } from '../../src/journeys/exchange/script-source.ts'
import { readGroovyTransformation } from '../../src/people/providers/social/groovy-transformation.ts'
import { createScriptEngine } from '../../src/sandbox/create-script-engine.ts'
import { evaluate } from '../../src/sandbox/fixtures/script-job.ts'
import { tokenize } from '../../src/sandbox/script-tokens.ts'
import { exportsFolder } from '../support/exports-folder.ts'

type Found = { name: string; source: string; language: string }

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const found = existsSync(exportsFolder)
  ? distinct(globSync('**/*.{json,js}', { cwd: exportsFolder }).flatMap(scriptsOf))
  : []
const [groovy, notGroovy] = split(found, ({ language }) => language === 'GROOVY')
const [placeholders, scripts] = split(notGroovy, ({ source }) => source.trim() === '<replace>')

function scriptsOf(file: string): Found[] {
  const path = join(exportsFolder, file)
  const text = readFileSync(path, 'utf8')
  if (file.endsWith('.js')) return [{ name: file, source: text, language: 'JAVASCRIPT' }]
  return inJson(JSON.parse(text) as Json, path)
}

/**
 * All sources in a `script` member: scripts and custom node types. Nodes contain the id of a script instead.
 */
function inJson(value: Json, path: string): Found[] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.values(value).flatMap((member) => inJson(member, path))
  if (!isJsonObject(value) || !('context' in value || 'language' in value || 'serviceName' in value))
    return inside
  const beside = (name: string) => {
    const target = resolve(dirname(path), name)
    return existsSync(target) ? readFileSync(target, 'utf8') : undefined
  }
  const source = readSource(value.script, beside)
  if (!('text' in source)) return inside
  const name = `${relative(exportsFolder, path)}: ${value.name ?? value.displayName}`
  return [...inside, { name, source: source.text, language: String(value.language ?? 'JAVASCRIPT') }]
}

function distinct(all: Found[]): Found[] {
  return [...new Map(all.map((script) => [script.source.replace(/\s+/g, ' '), script])).values()]
}

function split<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))]
}

/** Full names of the Java classes that a script's code names. */
function javaClassesIn(source: string): string[] {
  const code = tokenize(source).map(({ kind, text }) => (kind === 'literal' ? '""' : text))
  const names = code.join('').matchAll(/(?<![\w$.])(?:java|javax|org|com)(?:\.[a-z]\w*)+\.[A-Z]\w*/g)
  return [...new Set([...names].map(([name]) => name))]
}

async function missingIn({ source }: Found): Promise<string[]> {
  const names = javaClassesIn(source)
  const texts = await evaluate(engine, `[${names}].map(String)`, { kind: 'legacyDecision' })
  // The expression returns one text for each name.
  return names.filter((_, index) => (texts as string[])[index]?.startsWith('[JavaPackage'))
}

const missing = new Map<string, string[]>()
for (const script of scripts) {
  const names = await missingIn(script)
  if (names.length > 0) missing.set(script.name, names)
}

describe(`${scripts.length} scripts of ${existsSync(exportsFolder) ? 'the exports' : 'no exports: the folder is missing'}`, () => {
  test('exist if their folder does', () => {
    expect(found.length > 0).toBe(existsSync(exportsFolder))
  })

  if (scripts.length > 0) {
    test.each(scripts)('$name compiles', async ({ name, source }) => {
      expect(await engine.check(name, source)).toEqual([])
    })
  }

  for (const { name } of groovy) test(`${name} is Groovy, which does not run here`, () => {})
  for (const { name } of placeholders) test(`${name} is a placeholder without source`, () => {})

  test.each([...missing])(
    '%s needs a Java class that is missing here, and the error names it: %s',
    async (_, [first]) => {
      const use = evaluate(engine, `new ${first}()`, { kind: 'legacyDecision' })
      await expect(use).rejects.toThrow(`Java class "${first}" is not available`)
    },
  )
})

const transformations = groovy.filter(({ source }) => /\b(raw|normalized)Profile\b/.test(source))

test(`${transformations.length} distinct profile transformations in Groovy can be read`, () => {
  expect(transformations.filter(({ source }) => readGroovyTransformation(source) === undefined)).toEqual([])
  expect(transformations.length > 0).toBe(found.length > 0)
})
