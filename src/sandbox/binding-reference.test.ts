import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { bindingsOf, membersOf, typesOf } from '../scripts/binding-reference.ts'
import { scriptContexts } from '../scripts/script-contexts.ts'
import { kindOf } from '../scripts/script-outcome.ts'
import { createScriptEngine } from './create-script-engine.ts'
import { bindingNames } from './fixtures/binding-names.ts'
import { evaluate } from './fixtures/script-job.ts'
import type { ScriptHost, ScriptJob } from './script-engine.ts'

const engine = createScriptEngine({ workers: 1, secrets: { ESV_SCRIPTED_NODE_API: 'c2VjcmV0MTIz' } })
afterAll(() => engine.close())

const host: ScriptHost = async ({ op }) =>
  op === 'idRepository.getIdentity'
    ? { id: 'a', name: 'a', universalId: 'u', attributes: {}, exists: true }
    : { status: 200, statusText: 'OK', headers: {}, body: '{}' }

const world: Partial<ScriptJob> = {
  existingSession: { UserId: 'a' },
  properties: {},
  profile: { rawProfile: {}, normalizedProfile: {}, selectedIdp: 'idp' },
  state: { shared: { a: 'x' }, secure: {}, transient: {} },
}

const cases = Object.entries(scriptContexts).flatMap(([context, { as, evaluatorVersions }]) =>
  evaluatorVersions.flatMap((version) => (as === 'library' ? [] : [{ context, as, version }])),
)

test.each(cases)('documents the bindings of $context $version', async ({ as, version }) => {
  const found = await bindingNames(engine, { ...world, kind: kindOf(as, version) })
  const bindings = bindingsOf(as, version)
  const named = Object.keys(bindings).filter((name) => bindings[name]?.kind !== 'variable')
  expect(named.toSorted()).toEqual(found)
})

test.each(cases)('documents exactly the members of $context $version', async ({ as, version }) => {
  for (const [name, { kind, members }] of Object.entries(bindingsOf(as, version))) {
    if (kind !== 'object' || members === undefined) continue
    const named = membersOf(members).map((member) => member.name)
    // The names of functions, including nested ones.
    const source = `(function names(value, path) {
      return Object.getOwnPropertyNames(value).reduce(function (all, name) {
        var member = value[name]
        if (typeof member === 'function') return all.concat(path + name)
        return typeof member === 'object' && member ? all.concat(names(member, path + name + '.')) : all
      }, []) })(${name}, '')`
    const found = (await evaluate(engine, source, { ...world, kind: kindOf(as, version) }, host)) as string[]
    expect(named.toSorted(), name).toEqual(found.toSorted())
  }
})

test.each([
  ['2.0', 'identity', "idRepository.getIdentity('a')"],
  ['2.0', 'promise', "httpClient.send('https://example.com', {})"],
  ['2.0', 'response', "httpClient.send('https://example.com', {}).get()"],
  ['2.0', 'secret', "secrets.getGenericSecret('scripted.node.api')"],
  ['1.0', 'jsonValue', "nodeState.get('a')"],
  ['1.0', 'response', 'httpClient.send(new org.forgerock.http.protocol.Request()).get()'],
])('version %s has the members of %s', async (version, type, expression) => {
  const found = await evaluate(
    engine,
    `Object.getOwnPropertyNames(${expression})`,
    { ...world, kind: kindOf('decision', version) },
    host,
  )
  const named = membersOf(typesOf(version)[type]?.members ?? {}).map(({ name }) => name)
  expect(named.toSorted()).toEqual((found as string[]).toSorted())
})

test('every result is a binding or type of its generation, and every text is a sentence', () => {
  for (const { as, version } of cases) {
    const known = { ...bindingsOf(as, version), ...typesOf(version) }
    for (const { help, members = {} } of Object.values(known)) {
      expect(help).toMatch(/^[A-Z].*\.$/)
      for (const member of membersOf(members)) {
        expect(member.help).toMatch(/^[A-Z].*\.$/)
        if (member.answers !== undefined) expect(Object.keys(known)).toContain(member.answers)
      }
    }
  }
})

test('docs/scripting.md names every member except callback types', () => {
  const page = readFileSync(new URL('../../docs/scripting.md', import.meta.url), 'utf8')
  const [, next = '', legacy = ''] = page.split(/^## (?:Next generation|Legacy|Not supported)$/m)
  for (const [version, text] of [
    ['2.0', next],
    ['1.0', next + legacy],
  ] as const) {
    const { callbacks: _answers, callbacksBuilder: _questions, ...bindings } = bindingsOf('decision', version)
    const missing = Object.entries({ ...bindings }).flatMap(([name, { members = {} }]) =>
      membersOf(members)
        .map((member) => member.name.split('.').at(-1) ?? '')
        .filter((member) => !new RegExp(`\\b${member}\\b`).test(text))
        .map((member) => `${name}.${member}`),
    )
    expect(missing.filter((name) => !implied.includes(name))).toEqual([])
  }
})

/** Names that the page implies, or that all maps have. */
const implied = [
  ...['Trace', 'Info', 'Warn', 'Error'].map((level) => `logger.is${level}Enabled`),
  ...['warning', 'error'].map((level) => `logger.${level}Enabled`),
  'sharedState.size',
  'sharedState.isEmpty',
  'sharedState.toString',
  'transientState.size',
  'transientState.isEmpty',
  'transientState.toString',
]
