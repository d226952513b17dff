import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from './create-script-engine.ts'
import { bindingNames } from './fixtures/binding-names.ts'
import { evaluate, run } from './fixtures/script-job.ts'
import type { ScriptHost, ScriptJob, ScriptKind } from './script-engine.ts'

const page = readFileSync(new URL('../../docs/scripting.md', import.meta.url), 'utf8')
const engine = createScriptEngine({ workers: 1, secrets: { ESV_SCRIPTED_NODE_API: 'c2VjcmV0MTIz' } })
const asVendor = createScriptEngine({
  workersOf: engine,
  secrets: { ESV_SCRIPTED_NODE_API: 'c2VjcmV0MTIz' },
  isAsVendor: true,
})
afterAll(() => engine.close())

const attributes = { mail: ['ann@example.com'] }
const ann = { id: 'ann', name: 'ann', universalId: 'id=ann', attributes, exists: true }
const answers: Record<string, Awaited<ReturnType<ScriptHost>>> = {
  'idRepository.getIdentity': ann,
  'openidm.query': { result: [{ mail: 'ann@example.com' }] },
  'httpClient.send': { status: 200, statusText: 'OK', headers: {}, body: '{"risk":"low"}' },
}
const host: ScriptHost = async ({ op, args }) => {
  if (op === 'systemEnv.getProperty') return args[0] === 'esv.retries' ? '5' : null
  return answers[op] ?? null
}

const world: Partial<ScriptJob> = {
  state: {
    shared: { username: 'ann', objectAttributes: { mail: 'ann@example.com' } },
    secure: {},
    transient: {},
  },
  request: {
    headers: { 'user-agent': ['Firefox'] },
    parameters: { locale: ['en'] },
    cookies: { theme: 'dark' },
    locales: ['en'],
  },
  libraries: { greetings: 'exports.hello = function (name) { return "Hello, " + name }' },
}

const [, next = '', legacy = ''] = page.split(/^## (?:Next generation|Legacy|Not supported)$/m)

describe.each<[string, string, ScriptKind]>([
  ['next generation', next, 'decision'],
  ['legacy', legacy, 'legacyDecision'],
])('the page about %s', (_, text, kind) => {
  const examples = [...text.matchAll(/```js\n([\s\S]*?)\n\/\/ (.*)\n```/g)].map(
    ([, source = '', value = '']) => ({
      source,
      value,
    }),
  )

  test.each(examples)('has an example that returns $value', async ({ source, value }) => {
    for (const each of [engine, asVendor]) {
      const { outcome } = await run(each, source, { ...world, kind }, host)
      expect(outcome).toEqual(JSON.parse(value))
    }
  })

  test('names every binding', async () => {
    const bindings = await bindingNames(engine, { ...world, kind })
    expect(bindings.length).toBeGreaterThan(15)
    expect(bindings.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([])
  })
})

test('names exactly the Java classes that exist', async () => {
  const rows = [...legacy.matchAll(/^\| (`.*?) \| (.*) \|$/gm)]
  const named = rows.flatMap(([, packages = '', classes = '']) => {
    const groups = classes.split(';')
    return packages
      .split(', ')
      .flatMap((name, index) =>
        [...(groups[index] ?? groups[0] ?? '').matchAll(/`(\w+)`/g)].map(
          ([, simple]) => `${name.slice(1, -1)}.${simple}`,
        ),
      )
  })
  const texts = await evaluate(engine, `[${named}].map(String)`, { kind: 'legacyDecision' })
  expect(named.length).toBeGreaterThan(70)
  expect(named.filter((_, index) => String((texts as string[])[index]).startsWith('[JavaPackage'))).toEqual(
    [],
  )
})
