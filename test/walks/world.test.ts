import { expect, test } from 'vitest'
import { prepareWorld } from '../../src/testing/world/prepared-world.ts'
import { World } from '../../src/testing/world/world.ts'
import { WorldHosts } from '../../src/testing/world/world-host.ts'
import { journeyBundle } from '../support/small-bundle.ts'

test('lets services around a tenant manage people, and reports what they change', async () => {
  const hosts = new WorldHosts()
  const prepared = await prepareWorld(hosts, {
    realm: '/alpha',
    bundle: journeyBundle('Ask', { ask: { type: 'UsernameCollectorNode' } }),
    settings: {},
  })
  const world = await World.open(hosts, prepared, {
    seed: 'manage',
    people: { alex: { givenName: 'Alex', sn: 'Caller', mail: 'alex@example.com' } },
    mocks: [],
    environment: {},
    allowedHosts: [],
    isAsVendor: false,
  })
  try {
    const all = '/openidm/managed/alpha_user'
    const found = await world.manage({ method: 'GET', path: `${all}?_queryFilter=userName+eq+"alex"` })
    const [{ _id: id }] = JSON.parse(found.body).result
    const body = JSON.stringify([{ operation: 'replace', field: '/city', value: 'Rome' }])
    const { status } = await world.manage({ method: 'PATCH', path: `${all}/${id}`, body })
    expect(status).toBe(200)
    expect(await world.changedPeople()).toMatchObject([{ name: 'alex', after: { city: 'Rome' } }])
  } finally {
    await world.close()
    prepared.remove()
    await hosts.close()
  }
})
