import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from '../create-script-engine.ts'
import { evaluate, run } from '../fixtures/script-job.ts'
import type { ScriptKind } from '../script-engine.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const request = {
  headers: { 'user-agent': ['curl'], Accept: ['a', 'b'] },
  parameters: { locale: ['de'] },
  cookies: { session: 'c' },
  locales: ['de-CH', 'fr'],
}

test.each([
  ['requestHeaders.get("User-Agent").get(0)', 'curl'],
  ['requestHeaders.get("accept")[1]', 'b'],
  ['requestHeaders.get("none")', null],
  ['requestHeaders["user-agent"].size()', 1],
  ['Object.keys(requestHeaders)', ['user-agent', 'Accept']],
  ['requestParameters.get("locale").get(0)', 'de'],
  ['requestCookies.get("session") + requestCookies.session', 'cc'],
  ['typeof existingSession', 'undefined'],
  ['resumedFromSuspend', false],
  ['realm', '/alpha'],
  ['cookieName', 'iPlanetDirectoryPro'],
  ['scriptName', 'My Script'],
  [
    '[journey.name(), journey.identityResource(), journey.innerJourney(), journey.mustRun()]',
    ['Login', 'managed/alpha_user', false, false],
  ],
  ['locales.getLocalizedMessage({ en: "e", de: "d", fr: "f" })', 'd'],
  ['locales.getLocalizedMessage({ en: "e", it: "i" })', 'e'],
  ['samlApplication', null],
])('%s returns %j', async (expression, value) => {
  expect(await evaluate(engine, expression, { request })).toEqual(value)
})

test('existingSession is a map', async () => {
  const existingSession = { UserId: 'ann' }
  expect(
    await evaluate(engine, 'existingSession.get("UserId") + existingSession.UserId', { existingSession }),
  ).toBe('annann')
})

test('a custom node reads its properties with lists like Java lists', async () => {
  const source =
    'outcome = [properties.list.get(0), properties.list.size(), properties.list.length, properties.n]'
  const { outcome } = await run(engine, source, {
    kind: 'customNode',
    properties: { list: ['a', 'b'], n: 1 },
  })
  expect(outcome).toEqual(['a', 2, 2, 1])
})

describe('the bindings by kind of script', () => {
  const all = [
    'action',
    'callbacks',
    'callbacksBuilder',
    'nodeState',
    'properties',
    'openidm',
    'utils',
    'require',
    'sharedState',
    'transientState',
    'JavaImporter',
    'idRepository',
    'httpClient',
    'logger',
    'systemEnv',
    'rawProfile',
    'normalizedProfile',
    'selectedIdp',
    'deviceProfilesDao',
  ]
  const profiles = ['rawProfile', 'normalizedProfile', 'selectedIdp']
  const profile = { rawProfile: {}, normalizedProfile: {}, selectedIdp: 'google' }
  const common = ['JavaImporter', 'nodeState', 'idRepository', 'httpClient', 'logger', 'systemEnv']
  const seen: Record<ScriptKind, string[]> = {
    decision: ['action', 'callbacks', 'callbacksBuilder', 'openidm', 'utils', 'require', ...common],
    customNode: ['action', 'callbacks', 'callbacksBuilder', 'properties', 'openidm', 'utils', ...common],
    config: ['openidm', 'utils', 'require', ...common],
    legacyDecision: ['callbacks', 'sharedState', 'transientState', ...common],
    legacyConfig: [...common],
    transformation: ['openidm', 'utils', 'require', ...profiles, ...common],
    legacyTransformation: ['sharedState', 'transientState', ...profiles, ...common],
    accessToken: ['openidm', 'utils', 'require', ...common],
    claims: ['openidm', 'utils', 'require', ...common],
    legacyAccessToken: [...common],
    legacyClaims: [...common],
    deviceMatch: [
      'action',
      'callbacks',
      'callbacksBuilder',
      'deviceProfilesDao',
      'openidm',
      'utils',
      'require',
      ...common,
    ],
    legacyDeviceMatch: ['callbacks', 'deviceProfilesDao', 'sharedState', 'transientState', ...common],
  }
  // Object.keys loses the key type.
  test.each(Object.keys(seen) as ScriptKind[])('%s', async (kind) => {
    const probe = all.map((name) => `typeof ${name} === 'undefined' ? '' : '${name}'`).join(', ')
    const { outcome, config } = await run(engine, `config = [${probe}]`, { kind, profile })
    expect(outcome).toBeUndefined()
    expect((config as string[]).filter(Boolean).sort()).toEqual(seen[kind].sort())
  })

  test('scripts see no raw host functions', async () => {
    const names = await evaluate(engine, 'Object.getOwnPropertyNames(globalThis)')
    expect(names).not.toContain('raw')
    expect((names as string[]).filter((name) => /host|guest|raw|call$/i.test(name))).toEqual([])
  })
})
