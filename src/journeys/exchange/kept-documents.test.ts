import { expect, test } from 'vitest'
import type { Json } from '../../base/json.ts'
import { keptId, keptKind, prepareKept } from './kept-documents.ts'

const hidden = 'hidden-value'

/** The stored form of a value. */
function stored(value: Json): Json | undefined {
  const place = { scope: 'global', section: 'idm', key: 'one' } as const
  const { documents } = prepareKept(
    [{ kind: keptKind, id: keptId(place), document: { ...place, value } }],
    () => undefined,
  )
  return documents[0]?.document.value
}

test.each<[string, Json]>([
  ['in a list', { secretValues: [], secrets: [hidden, [hidden]] }],
  ['in an object', { password: { $string: hidden } }],
  ['deep in an object', { credentials: { a: { b: [{ c: hidden }] } } }],
  ['that is a number', { password: 4711 }],
  ['in the default of a definition', { password: { type: 'string', default: hidden } }],
  ['in a definition of its own', { password: { type: 'text', text: hidden } }],
  ['of a JSON Web Key', { kty: 'oct', k: hidden }],
])('stores no secret %s', (_, value) => {
  expect(JSON.stringify(stored(value))).not.toMatch(/hidden-value|4711/)
})

test('stores definitions of passwords, placeholders and flags', () => {
  const value = {
    properties: {
      password: { type: 'string', title: 'Password', policies: [{ policyId: 'minimum-length' }] },
    },
    bindPassword: '&{esv.password}',
    clientSecret: { isRequired: true },
  }
  expect(stored(value)).toEqual(value)
})
