import { afterAll, expect, test } from 'vitest'
import { createScriptEngine } from '../create-script-engine.ts'
import { run } from '../fixtures/script-job.ts'
import type { ScriptJob, ScriptKind } from '../script-engine.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const raw = { sub: '1', email: 'ann@example.com', name: { firstName: 'Ann' }, groups: ['a', 'b'], none: null }

const transform = (source: string, kind: ScriptKind, more: Partial<ScriptJob> = {}) =>
  run(engine, source, { kind, profile: { rawProfile: raw, selectedIdp: 'apple' }, ...more })

test.each([
  ['rawProfile.get("sub").asString()', '1'],
  ['rawProfile.sub.asString()', '1'],
  ['rawProfile.get("name").get("firstName")', 'Ann'],
  ['rawProfile.name.firstName', 'Ann'],
  ['rawProfile.get("name").firstName.isNotNull()', true],
  ['rawProfile.name.isDefined("lastName")', false],
  ['rawProfile.get("absent").isNull()', true],
  ['rawProfile.absent.deeper.isNull()', true],
  ['rawProfile.none.isNotNull()', false],
  ['rawProfile.groups.asList().size()', 2],
  ['selectedIdp + "-" + rawProfile.get("sub").asString()', 'apple-1'],
])('legacy scripts read %s as %j', async (expression, value) => {
  const { value: made } = await transform(
    `(function () { return { x: ${expression} }; }())`,
    'legacyTransformation',
  )
  expect(made).toEqual({ x: value })
})

test.each<[ScriptKind, string]>([
  ['legacyTransformation', 'jwtClaims.get("name").get("firstName").asString() + jwtClaims.sub.asString()'],
  ['transformation', 'jwtClaims.name.firstName + jwtClaims.sub'],
])('a %s reads the claims of an ID token', async (kind, expression) => {
  const profile = { jwtClaims: raw, selectedIdp: '' }
  const { value } = await transform(`(function () { return { x: ${expression} }; }())`, kind, { profile })
  expect(value).toEqual({ x: 'Ann1' })
})

test('a legacy script returns the value of its last statement, and can write state', async () => {
  const source = `
    (function () {
      var java = JavaImporter(org.forgerock.json.JsonValue);
      var data = java.JsonValue.json(java.JsonValue.object());
      data.put('id', rawProfile.sub);
      data.put('email', rawProfile.get('email').asString());
      data.put('name', rawProfile.get('name'));
      data.put('missing', rawProfile.get('missing'));
      sharedState.put('seen', true);
      return data;
    }());`
  const { value, writes } = await transform(source, 'legacyTransformation')
  expect(value).toEqual({ id: '1', email: raw.email, name: raw.name, missing: null })
  expect(writes).toEqual([{ op: 'putShared', key: 'seen', value: true }])
})

test('a next-generation script reads a plain object', async () => {
  const source = `(function () { return { id: rawProfile.sub, by: selectedIdp, n: rawProfile.groups.length } }())`
  expect((await transform(source, 'transformation')).value).toEqual({ id: '1', by: 'apple', n: 2 })
})

test('other scripts return no value', async () => {
  expect(await run(engine, '({ x: 1 })', { kind: 'decision' })).not.toHaveProperty('value')
})

test('a script that throws returns no profile', async () => {
  await expect(transform('rawProfile.sub.asBoolean()', 'legacyTransformation')).rejects.toThrow(
    'Expecting a Boolean',
  )
})
