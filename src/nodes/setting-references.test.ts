import { expect, test } from 'vitest'
import { localisedTextSchema } from '../engine/locale.ts'
import { catalogue } from './catalogue.ts'
import { describedType } from './described-type.ts'
import { schemaOf } from './node-schema.ts'
import { knownReferences, referencesIn } from './setting-references.ts'

const settings = catalogue.flatMap((type) =>
  Object.entries(schemaOf(type).properties).map(([name, schema]) => ({ type, name, schema })),
)

test('every reference is of a setting that is there', () => {
  const stale = knownReferences.filter(
    (known) =>
      !settings.some(
        ({ type, name }) => name === known.name && (known.type === undefined || known.type === type.type),
      ),
  )
  expect(stale).toEqual([])
})

test.each([
  [/\bState keys?\b/i, 'stateKey'],
  [/^Attributes? (of the person )?(that|by which)|^Names of the attributes/, 'attribute'],
  [/by locale/, 'localisedText'],
])('settings whose help says %s refer to a %s', (says, to) => {
  const missing = settings
    .filter(({ schema }) => says.test(schema.description))
    .filter(({ type, name }) => referencesIn(type)[name]?.to !== to)
    .map(({ type, name }) => `${type.type}.${name}`)
  expect(missing.filter((name) => !exceptions.includes(name))).toEqual([])
})

/** Those that speak of such a thing and are another. */
const exceptions = [
  'SetStateNode.attributes',
  'OathRegistrationNode.accountName',
  'DeviceSigningVerifierNode.challenge',
]

test('scripts, journeys, templates, node types and secrets are known by their names', () => {
  const names = /^(script|tree|emailTemplateName|nodeType|.*[pP]assword|secretKey|.*SecretLabel\w*)$/
  const unknown = settings
    .filter(({ name, schema }) => names.test(name) && schema.type !== 'boolean')
    .filter(({ type, name }) => referencesIn(type)[name] === undefined)
  expect(unknown.map(({ type, name }) => `${type.type}.${name}`)).toEqual([])
})

test('every type is described, its settings in order', () => {
  for (const type of catalogue) {
    const { settings, template } = describedType(type, true) as Record<string, Record<string, object>>
    expect(Object.keys(settings?.properties ?? {})).toEqual(Object.keys(schemaOf(type).properties))
    expect(Object.keys(template ?? {}).every((name) => name in (settings?.properties ?? {}))).toBe(true)
  }
})

test('a description says what forms need', () => {
  const scripted = catalogue.find(({ type }) => type === 'ScriptedDecisionNode')
  expect(scripted && describedType(scripted, true)).toMatchObject({
    type: 'ScriptedDecisionNode',
    version: '1.0',
    isNewest: true,
    isCustom: false,
    isSupported: true,
    family: 'decide',
    outcomesFrom: 'settings',
    outcomes: null,
    reads: ['*'],
    writes: ['*'],
    template: { script: '[Empty]', outcomes: [], inputs: ['*'], outputs: ['*'] },
    settings: {
      properties: {
        script: {
          type: 'string',
          title: 'Script',
          default: '[Empty]',
          propertyOrder: 100,
          refers: { to: 'script' },
        },
        outcomes: { type: 'array', items: { type: 'string' }, refers: { to: 'outcomes' } },
        inputs: { refers: { to: 'stateKey', hasWildcard: true } },
      },
      required: [],
    },
  })
  const initialize = catalogue.find(({ type }) => type === 'ConfigProviderNode')
  expect(initialize && describedType(initialize, true)).toMatchObject({
    settings: { required: ['nodeType'] },
  })
  const polling = catalogue.find(({ type }) => type === 'PollingWaitNode')
  expect(polling && describedType(polling, false)).toMatchObject({
    isNewest: false,
    outcomesFrom: 'settings',
    outcomes: [
      { id: 'DONE', displayName: 'Done', help: expect.any(String) },
      { id: 'EXITED' },
      { id: 'SPAM' },
    ],
  })
  expect(localisedTextSchema.safeParse({ en: 'x' }).success).toBe(true)
})
