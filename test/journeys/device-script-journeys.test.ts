import { afterAll, beforeAll, expect, test } from 'vitest'
import { scriptSchema } from '../../src/scripts/script.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

/** Both compare the processors and mark a known device as seen. */
const scripts = {
  legacy: {
    evaluatorVersion: '1.0',
    source: `
      var seen = JSON.parse(sharedState.get('forgeRock.device.profile').toString())
      var person = sharedState.get('username').asString()
      var realm = sharedState.get('realm').asString()
      var stored = deviceProfilesDao.getDeviceProfiles(person, realm)
      outcome = 'unknownDevice'
      for (var i = 0; i < stored.size(); i++) {
        var profile = JSON.parse(stored.get(i))
        if (profile.identifier === seen.identifier) {
          outcome = String(profile.metadata.hardware.cpu === seen.metadata.hardware.cpu)
          stored.get(i).put('alias', 'Seen')
        }
      }
      deviceProfilesDao.saveDeviceProfiles(person, realm, stored)`,
  },
  'next generation': {
    evaluatorVersion: '2.0',
    source: `
      var seen = nodeState.getObject('forgeRock.device.profile')
      var person = nodeState.get('username')
      var stored = deviceProfilesDao.getDeviceProfiles(person, nodeState.get('realm'))
      var known = [...stored].find((each) => each.identifier === seen.identifier)
      if (known === undefined) action.goTo('unknownDevice')
      else {
        known.alias = 'Seen'
        deviceProfilesDao.saveDeviceProfiles(person, nodeState.get('realm'), stored)
        action.goTo(String(known.metadata.hardware.cpu === seen.metadata.hardware.cpu))
      }`,
  },
  // A script must not read the devices of another realm.
  curious: {
    evaluatorVersion: '2.0',
    source: `
      deviceProfilesDao.getDeviceProfiles('alex', '/')
      action.goTo('true')`,
  },
}

let server: TestServer

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    const collect = {
      name: { type: 'UsernameCollectorNode', to: { outcome: 'collect' } },
      collect: { type: 'DeviceProfileCollectorNode', to: { outcome: 'next' } },
    }
    const save = { type: 'DeviceSaveNode', to: { outcome: 'success' } }
    await saveJourney(stores, 'Save', { ...collect, next: save })
    const showing = (message: string) => ({
      type: 'MessageNode',
      config: { message: { en: message } },
      to: { true: 'failure', false: 'failure' },
    })
    for (const [name, script] of Object.entries(scripts)) {
      const context = 'DEVICE_MATCH_NODE'
      await stores.scripts.save('/alpha', scriptSchema.parse({ id: name, name, context, ...script }))
      const match = {
        type: 'DeviceMatchNode',
        config: { useScript: true, script: name },
        to: { true: 'success', false: 'changed', unknownDevice: 'unknown' },
      }
      const ends = { changed: showing('changed'), unknown: showing('unknown') }
      await saveJourney(stores, name, { ...collect, next: match, ...ends })
    }
  })
})
afterAll(() => server.stop())

async function aliases(who: string): Promise<string[]> {
  const token = await signIn(server.url, 'amadmin', adminPassword, '/')
  const devices = `${server.url}/json/realms/root/realms/alpha/users/${who}/devices/profile?_queryFilter=true`
  const answer = await fetch(devices, { headers: { cookie: `iPlanetDirectoryPro=${token}` } })
  const { result } = (await answer.json()) as { result: { alias: string }[] }
  return result.map(({ alias }) => alias)
}

async function walk(journey: string, who: string, device: object) {
  const asked = await answerStep(server.url, await startJourney(server.url, journey), [who])
  const { status, body } = await answerStep(server.url, asked, [JSON.stringify(device)])
  return status === 200 && body.successUrl ? 'success' : JSON.stringify(body)
}

const device = (identifier: string, cpu = 8) => ({ identifier, metadata: { hardware: { cpu } } })

test.each([
  ['legacy', 'alex'],
  ['next generation', 'dana'],
])('a script (%s) matches the device on every run', async (journey, who) => {
  expect(await walk(journey, who, device('one'))).toContain('unknown')
  expect(await walk('Save', who, device('one'))).toBe('success')
  for (let times = 0; times < 2; times++) {
    expect(await walk(journey, who, device('one'))).toBe('success')
    expect(await walk(journey, who, device('one', 4))).toContain('changed')
    expect(await walk(journey, who, device('two'))).toContain('unknown')
  }
  expect(await aliases(who)).toEqual(['Seen'])
})

test('a script that reads another realm fails the journey', async () => {
  expect(await walk('curious', 'alex', device('one'))).toContain('"code":401')
})
