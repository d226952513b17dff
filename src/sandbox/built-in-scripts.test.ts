import { afterAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../base/json.ts'
import { builtInScripts, isBuiltIn, withBuiltInScripts } from '../scripts/built-in/built-in-scripts.ts'
import { scriptSchema } from '../scripts/script.ts'
import type { ScriptStore } from '../scripts/script-store.ts'
import { createScriptEngine } from './create-script-engine.ts'
import { run } from './fixtures/script-job.ts'
import type { HostCall } from './script-engine.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

function named(name: string) {
  const script = [...builtInScripts.values()].find((one) => one.name.startsWith(name))
  if (script === undefined) throw new Error(name)
  return script
}

test('no two built-in scripts have one name, which tools of the vendor refuse', () => {
  const names = [...builtInScripts.values()].map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

test.each([...builtInScripts.values()].map((script) => [script.name, script.source]))(
  '%s compiles',
  async (name, source) => {
    expect(await engine.check(name, source)).toEqual([])
  },
)

async function transformed(name: string, profile: object) {
  const job = { kind: 'legacyTransformation', profile: { selectedIdp: 'idp', ...profile } } as const
  const { value, writes } = await run(engine, named(name).source, job)
  return { value, writes }
}

const person = { displayName: 'Ann Lee', givenName: 'Ann', familyName: 'Lee', email: 'e' }

test.each([
  [
    'Google',
    {
      sub: '1',
      name: 'Ann Lee',
      given_name: 'Ann',
      family_name: 'Lee',
      picture: 'p',
      email: 'e',
      locale: 'de',
    },
    { ...person, id: '1', photoUrl: 'p', username: 'e', locale: 'de' },
  ],
  [
    'Facebook',
    {
      id: '1',
      name: 'Ann Lee',
      first_name: 'Ann',
      last_name: 'Lee',
      picture: { data: { url: 'p' } },
      email: 'e',
    },
    { ...person, id: '1', photoUrl: 'p', username: 'e' },
  ],
  [
    'Microsoft',
    { id: '1', displayName: 'Ann Lee', givenName: 'Ann', surname: 'Lee', userPrincipalName: 'e', mail: 'm' },
    { ...person, id: '1', username: 'e' },
  ],
  [
    'Apple',
    { sub: '1', email: 'e', name: { firstName: 'Ann', lastName: 'Lee' } },
    { ...person, id: '1', username: 'e' },
  ],
  ['Salesforce', { sub: '2', user_id: '1', name: '', email: null }, { id: '1' }],
])('normalizes the profile of %s', async (provider, rawProfile, expected) => {
  expect((await transformed(`${provider} Profile`, { rawProfile })).value).toEqual(expected)
})

test('refuses an Apple profile without an email address', async () => {
  await expect(transformed('Apple Profile', { rawProfile: { sub: '1' } })).rejects.toThrow(
    'Email is required',
  )
})

describe('a normalized profile', () => {
  const normalizedProfile = { ...person, id: '1', username: 'ann', addressRegion: 'BE' }

  test('gets the attribute names of a managed user', async () => {
    const { value, writes } = await transformed('Normalized Profile to Managed User', { normalizedProfile })
    expect(value).toEqual({ userName: 'ann', givenName: 'Ann', sn: 'Lee', mail: 'e', stateProvince: 'BE' })
    expect(writes).toEqual([{ op: 'putShared', key: 'nameEmptyOrNull', value: false }])
  })

  test('gets the attribute names of an identity', async () => {
    const { value } = await transformed('Normalized Profile to Identity', { normalizedProfile })
    expect(value).toEqual({ userName: 'ann', givenName: 'Ann', sn: 'Lee', mail: 'e', cn: 'Ann Lee' })
  })

  test.each([
    [{}, true],
    [{ givenName: ' ', familyName: '' }, true],
    [{ familyName: 'Lee' }, false],
  ])('%j has no name: %s', async (profile, isNameless) => {
    const { writes } = await transformed('Normalized Profile to Managed User', { normalizedProfile: profile })
    expect(writes).toEqual([{ op: 'putShared', key: 'nameEmptyOrNull', value: isNameless }])
  })
})

describe.each([
  ['Device Profile Match', 'legacyDeviceMatch'],
  ['Next Generation Device Match', 'deviceMatch'],
] as const)('%s', (name, kind) => {
  const today = Date.now()
  const saved = {
    identifier: 'd-1',
    lastSelectedDate: today,
    metadata: { platform: { cpu: 8 }, name: 'Mac' },
  }

  async function matched(incoming: JsonObject, device: JsonObject) {
    const calls: HostCall[] = []
    const shared = { username: 'alex', realm: '/alpha', 'forgeRock.device.profile': incoming }
    const job = { kind, state: { shared, secure: {}, transient: {} } } as const
    const { outcome } = await run(engine, named(name).source, job, async (call) => {
      calls.push(call)
      return call.op.endsWith('getDeviceProfiles') ? [device] : null
    })
    return { outcome, isSaved: calls.some(({ op }) => op.endsWith('saveDeviceProfiles')) }
  }

  test.each([
    ['true', true, { identifier: 'd-1', metadata: saved.metadata }, saved],
    ['false', false, { identifier: 'd-1', metadata: { platform: { cpu: 4 }, name: 'Mac' } }, saved],
    ['false', false, { identifier: 'd-1', metadata: saved.metadata }, { ...saved, lastSelectedDate: 0 }],
    ['unknownDevice', false, { identifier: 'd-2', metadata: saved.metadata }, saved],
  ])('ends with %s and saves the time of a match: %s', async (outcome, isSaved, incoming, device) => {
    expect(await matched(incoming, device)).toEqual({ outcome, isSaved })
  })
})

test('a realm has the built-in scripts until it saves its own versions', async () => {
  const google = named('Google')
  const own = scriptSchema.parse({ ...google, source: 'ours' })
  const kept = new Map([[own.id, own]])
  const none: ScriptStore = {
    all: async (realm) => (realm === '/alpha' ? [...kept.values()] : []),
    read: async (realm, id) => (realm === '/alpha' ? kept.get(id) : undefined),
    save: async () => true,
  }
  const store = withBuiltInScripts(none)
  expect(await store.read('/alpha', own.id)).toBe(own)
  expect(await store.read('/bravo', own.id)).toBe(google)
  const all = await store.all('/alpha')
  expect(all).toHaveLength(builtInScripts.size)
  expect(all.filter((script) => !isBuiltIn(script))).toEqual([own])
  kept.delete(own.id)
  expect(await store.read('/alpha', own.id)).toBe(google)
})
