import { expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'
import { categoryOf, nodeCategoryIds } from './categories.ts'
import { describedType, familyOf, nodeFamilies, shownTitle } from './described-type.ts'
import { schemaOf } from './node-schema.ts'

const settings = catalogue.flatMap((type) => {
  const described = describedType(type, true).settings as {
    properties: Record<string, { refers?: { to: string } }>
  }
  return Object.entries(schemaOf(type).properties).map(([name, schema]) => ({
    name: `${type.type}.${name}`,
    schema,
    refersTo: described.properties[name]?.refers?.to,
  }))
})

/** Settings whose help text looks like a reference, although their values are something else. */
const exceptions = [
  'SetStateNode.attributes',
  'OathRegistrationNode.accountName',
  'PushRegistrationNode.accountName',
  'CombinedMultiFactorRegistrationNode.accountName',
  'RESTNode.jpToSSMapper',
  'DeviceSigningVerifierNode.challenge',
]

test.each([
  [/\bState keys?\b/i, 'stateKey'],
  [/^Attributes? (of the person )?(that|by which)|^Names of the attributes/, 'attribute'],
  [/by locale/, 'localisedText'],
])('settings whose help matches %s refer to a %s', (help, to) => {
  const missing = settings
    .filter(({ schema, refersTo }) => help.test(schema.description) && refersTo !== to)
    .map(({ name }) => name)
  expect(missing.filter((name) => !exceptions.includes(name))).toEqual([])
})

test('settings named like scripts, journeys, templates, node types and secrets refer to them', () => {
  const names = /\.(script|tree|emailTemplateName|nodeType|.*[pP]assword|secretKey|.*SecretLabel\w*)$/
  const missing = settings
    .filter(({ name, schema }) => names.test(name) && schema.type !== 'boolean')
    .filter(({ refersTo }) => refersTo === undefined)
  expect(missing.map(({ name }) => name)).toEqual([])
})

test('describes every type with its settings in order', () => {
  for (const type of catalogue) {
    const { settings, template } = describedType(type, true) as Record<string, Record<string, object>>
    expect(Object.keys(settings?.properties ?? {})).toEqual(Object.keys(schemaOf(type).properties))
    expect(Object.keys(template ?? {}).every((name) => name in (settings?.properties ?? {}))).toBe(true)
  }
})

test('describes what forms need', () => {
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
  const provider = catalogue.find(({ type }) => type === 'ConfigProviderNode')
  expect(provider && describedType(provider, true)).toMatchObject({
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
})

test.each([
  ['PageNode', 'collect'],
  ['IdentifyExistingUserNode', 'identity'],
  ['DataStoreDecisionNode', 'identity'],
  ['ScriptedDecisionNode', 'decide'],
  ['BackChannelStatusNode', 'backchannel'],
  ['WebAuthnRegistrationNode', 'device'],
  ['DeviceMatchNode', 'device'],
  ['PollingWaitNode', 'flow'],
])('%s belongs to the family %s', (type, family) => {
  const known = catalogue.find((each) => each.type === type)
  expect(known).toBeDefined()
  expect(familyOf(type, known)).toBe(family)
})

test('guesses the family of unknown types from their names', () => {
  expect(familyOf('designer-a1', undefined)).toBe('custom')
  expect(familyOf('PingOneProtectDecisionNode', undefined)).toBe('decide')
  expect(familyOf('UnknownNode', undefined)).toBe('flow')
})

test('a category follows from the first tag that decides', () => {
  const of = (type: string) => catalogue.filter((each) => each.type === type).map(categoryOf)
  expect(new Set(of('PageNode'))).toEqual(new Set(['utilities']))
  expect(of('SocialGoogleNode')).toContain('federation')
  expect(of('BackChannelInitNode')).toEqual(['backchannel'])
  expect(of('SetSuccessUrlNode')).toEqual(['results'])
  expect(categoryOf({ type: 'designer-a1', tags: ['risk'] })).toBe('custom')
  expect(new Set(catalogue.map(categoryOf)).size).toBe(nodeCategoryIds.length - 1)
})

test('titles lose a “Node” at their end, not elsewhere', () => {
  expect(['Page Node', 'Node Counter', 'Page'].map(shownTitle)).toEqual(['Page', 'Node Counter', 'Page'])
})

test('every family but that of custom nodes has node types', () => {
  const used = new Set(catalogue.map((type) => familyOf(type.type, type)))
  expect([...used, 'custom'].toSorted()).toEqual(Object.keys(nodeFamilies).toSorted())
})
