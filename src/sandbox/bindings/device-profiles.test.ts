import { afterAll, expect, test } from 'vitest'
import { createScriptEngine } from '../create-script-engine.ts'
import { run } from '../fixtures/script-job.ts'
import { type HostCall, HostCallError, type ScriptHost } from '../script-engine.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const laptop = { identifier: 'device-1', alias: 'Laptop', lastSelectedDate: 7, metadata: { cpu: 8 } }
const state = {
  shared: {
    username: 'alex',
    realm: '/alpha',
    'forgeRock.device.profile': { identifier: 'device-1', metadata: { cpu: 8 } },
  },
  secure: {},
  transient: {},
}

function host(): { host: ScriptHost; calls: HostCall[] } {
  const calls: HostCall[] = []
  return {
    calls,
    async host(call) {
      calls.push(call)
      return call.op.endsWith('getDeviceProfiles') ? [laptop] : null
    },
  }
}

/** A script based on the vendor's template. */
const legacy = `
  var incoming = JSON.parse(sharedState.get('forgeRock.device.profile').toString())
  var username = sharedState.get('username').asString()
  var realm = sharedState.get('realm').asString()
  var stored = deviceProfilesDao.getDeviceProfiles(username, realm)
  outcome = 'unknownDevice'
  for (var i = 0; i < stored.size(); i++) {
    var profile = JSON.parse(stored.get(i))
    if (profile.identifier === incoming.identifier) {
      outcome = String(profile.metadata.cpu === incoming.metadata.cpu)
      stored.get(i).put('lastSelectedDate', 9)
    }
  }
  deviceProfilesDao.saveDeviceProfiles(username, realm, stored)`

const next = `
  var username = nodeState.get('username')
  var stored = deviceProfilesDao.getDeviceProfiles(username, nodeState.get('realm'))
  var known = stored.get(0)
  known.lastSelectedDate = 9
  deviceProfilesDao.saveDeviceProfiles(username, realm, stored)
  outcome = String(known.get('metadata').cpu === nodeState.get('forgeRock.device.profile').metadata.cpu)`

test.each([
  ['legacyDeviceMatch', legacy],
  ['deviceMatch', next],
] as const)('a script of the kind %s compares, and saves what it changed', async (kind, source) => {
  const asked = host()
  const { outcome } = await run(engine, source, { kind, state }, asked.host)
  expect(outcome).toBe('true')
  expect(asked.calls).toEqual([
    { op: 'deviceProfilesDao.getDeviceProfiles', args: ['alex', '/alpha'] },
    {
      op: 'deviceProfilesDao.saveDeviceProfiles',
      args: ['alex', '/alpha', [{ ...laptop, lastSelectedDate: 9 }]],
    },
  ])
})

test('a legacy script writes state with the same values', async () => {
  const source = `sharedState.put('seen', 1).put('twice', 2)
    outcome = [sharedState.get('none').isNull(), sharedState.isDefined('username'), sharedState.get('seen').asInteger()].join()`
  const { outcome, writes } = await run(engine, source, { kind: 'legacyDeviceMatch', state })
  expect(outcome).toBe('true,true,1')
  expect(writes).toEqual([
    { op: 'putShared', key: 'seen', value: 1 },
    { op: 'putShared', key: 'twice', value: 2 },
  ])
})

test('a script can catch a refusal of the server', async () => {
  const source = `try { deviceProfilesDao.getDeviceProfiles('kim', '/beta') } catch (e) { outcome = e.message }`
  const refusing: ScriptHost = async () => {
    throw new HostCallError('not here', 403)
  }
  expect((await run(engine, source, { kind: 'deviceMatch' }, refusing)).outcome).toBe('not here')
})
