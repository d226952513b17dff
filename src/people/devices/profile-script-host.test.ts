import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../base/json.ts'
import { createSealer } from '../../secrets/seal.ts'
import { answerDeviceCall } from './profile-script-host.ts'
import { openDevice, sealDevice } from './sealed-devices.ts'

const sealer = createSealer(randomBytes(32))
const stored = {
  uuid: 'device-1',
  deviceName: 'Laptop',
  recoveryCodes: [],
  metadata: { cpu: 8 },
  lastSelectedDate: 7,
}
const laptop = { identifier: 'device-1', alias: 'Laptop', lastSelectedDate: 7, metadata: { cpu: 8 } }

/** A realm with one person, who has a laptop. */
function realm() {
  const kim: JsonObject & { _id: string; userName: string } = {
    _id: 'kim-id',
    userName: 'kim',
    deviceProfiles: [sealDevice(sealer, 'kim-id', stored), 'altered', sealDevice(sealer, 'other', stored)],
  }
  const people = {
    find: async (name: string) => (['kim', 'kim-id'].includes(name) ? kim : undefined),
    patch: async (_id: string, changes: JsonObject) => void Object.assign(kim, changes),
  }
  const ask = (op: string, ...args: (string | JsonObject | JsonObject[])[]) =>
    answerDeviceCall({ op: `deviceProfilesDao.${op}`, args }, { realm: '/alpha', sealer, people })
  return { kim, ask }
}

test('returns only devices sealed for the person, as scripts see them', async () => {
  expect(await realm().ask('getDeviceProfiles', 'kim', '/alpha')).toEqual([laptop])
})

test('seals what a script saves, and returns it again', async () => {
  const { kim, ask } = realm()
  const phone = { identifier: 'device-2', alias: null, location: { latitude: 1, longitude: 2 } }
  expect(await ask('saveDeviceProfiles', 'kim', '/alpha', [laptop, phone])).toBeNull()
  const [first, second] = kim.deviceProfiles as string[]
  expect(openDevice(sealer, 'kim-id', first)).toEqual(stored)
  expect(JSON.stringify([first, second])).not.toContain('device-2')
  expect(await ask('getDeviceProfiles', 'kim', '/alpha')).toEqual([
    laptop,
    { ...phone, alias: '', lastSelectedDate: 0 },
  ])
})

test.each([
  ['another realm', ['kim', '/beta'], 403],
  ['an unknown person', ['nobody', '/alpha'], 404],
  ['no realm', ['kim'], 400],
])('rejects a call with %s', async (_what, args, code) => {
  await expect(realm().ask('getDeviceProfiles', ...args)).rejects.toMatchObject({
    name: 'HostCallError',
    code,
  })
})

test.each([[[{ alias: 'no identifier' }]], [Array.from({ length: 101 }, () => laptop)]])(
  'does not save an invalid list of profiles',
  async (profiles) => {
    const { kim, ask } = realm()
    const before = kim.deviceProfiles
    await expect(ask('saveDeviceProfiles', 'kim', '/alpha', profiles)).rejects.toMatchObject({ code: 400 })
    expect(kim.deviceProfiles).toBe(before)
  },
)

test('ignores other calls', async () => {
  expect(await realm().ask('forget', 'kim', '/alpha')).toBeUndefined()
})
