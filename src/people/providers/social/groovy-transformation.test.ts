import { expect, test } from 'vitest'
import type { JsonObject } from '../../../base/json.ts'
import { readGroovyTransformation } from './groovy-transformation.ts'

const imports = `/*
 * What it does.
 */
import static org.forgerock.json.JsonValue.field
import static org.forgerock.json.JsonValue.json
import static org.forgerock.json.JsonValue.object

import org.forgerock.json.JsonValue
`

const transform = (source: string, input: JsonObject) => readGroovyTransformation(imports + source)?.(input)

const raw = { sub: '1', name: { first: 'Ann' }, email: 'ann@example.com', picture: { data: { url: 'u' } } }

test('reads an object of fields', () => {
  const source = `
    // the profile
    return json(object(
        field("id", rawProfile.sub),
        field('photo', rawProfile.picture.data.url),
        field("given", rawProfile.get("name").first.asString()),
        field("alias", selectedIdp + "-" + rawProfile.sub.asString()),
        field("kind", "social // not a comment"),
        field("missing", rawProfile.a.b.c),
        fieldIfNotNull("none", rawProfile.none)))`
  expect(transform(source, { rawProfile: raw, selectedIdp: 'ours' })).toEqual({
    value: {
      id: '1',
      photo: 'u',
      given: 'Ann',
      alias: 'ours-1',
      kind: 'social // not a comment',
      missing: null,
    },
    shared: {},
  })
})

test('reads an object built step by step, ignoring log lines', () => {
  const source = `
    logger.message("normalized: {}", normalizedProfile)
    JsonValue managedUser = json(object())
    if (normalizedProfile.email.isNotNull()) managedUser.put("mail", normalizedProfile.email)
    if (normalizedProfile.phone.isNotNull()) { managedUser.put("telephoneNumber", normalizedProfile.phone) }
    managedUser.put("userName", normalizedProfile.username);
    return managedUser`
  const normalizedProfile = { email: 'a@b.c', username: 'ann' }
  expect(transform(source, { normalizedProfile })?.value).toEqual({ mail: 'a@b.c', userName: 'ann' })
})

test.each([
  ['another variable', 'return json(object(field("id", other.sub)))'],
  ['a call', 'return json(object(field("id", rawProfile.sub.toUpperCase())))'],
  ['another method', 'return json(object(field("id", rawProfile.get("a").execute())))'],
  ['an interpolated string', 'return json(object(field("id", "$rawProfile.sub")))'],
  ['arithmetic', 'return json(object(field("id", rawProfile.a * 2)))'],
  ['a condition of another kind', 'def a = json(object())\nif (rawProfile.a) a.put("x", "y")\nreturn a'],
  ['a block of another kind', 'def a = json(object())\nboolean x = rawProfile.a.isNull()\nreturn a'],
  ['another object', 'def a = json(object())\nb.put("x", "y")\nreturn a'],
  ['code after the return', 'return json(object())\nreturn json(object())'],
  ['no object', 'return normalizedProfile'],
  ['no return', 'def a = json(object())'],
  ['an unclosed object', 'return json(object(field("id", rawProfile.sub)'],
  ['an empty script', ''],
])('rejects %s', (_, source) => {
  expect(readGroovyTransformation(imports + source)).toBeUndefined()
})
