import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAdministration } from '../../../test/support/administration.ts'

let am: Awaited<ReturnType<typeof openAdministration>>
beforeEach(async () => {
  am = await openAdministration()
})
afterEach(() => am.close())

const at = '/global-config/realms'
const idOf = (path: string) => Buffer.from(path).toString('base64url')

test('lists realms by the base64 of their paths, also with a slash before the query', async () => {
  const { body } = await am.send('GET', `${at}/?_queryFilter=true`)
  expect(body.result).toMatchObject([
    { _id: 'Lw', name: '/', parentPath: null, active: true, aliases: [] },
    { _id: 'L2FscGhh', name: 'alpha', parentPath: '/', active: true, aliases: [] },
  ])
})

test('creates and deactivates a realm, and removes it with its content', async () => {
  const created = await am.send('POST', `${at}?_action=create`, {
    name: 'beta',
    parentPath: '/alpha',
    active: true,
    aliases: ['b'],
  })
  expect(created).toMatchObject({ status: 201, body: { _id: idOf('/alpha/beta'), parentPath: '/alpha' } })
  const url = `${at}/${created.body._id}`
  expect((await am.send('GET', url)).body).toEqual(created.body)
  const inside = '/realms/root/realms/alpha/realms/beta/serverinfo/*'
  expect((await am.send('GET', inside)).body.realm).toBe('/alpha/beta')
  expect((await am.send('PUT', url, { ...created.body, active: false })).status).toBe(200)
  expect((await am.send('GET', inside)).body.message).toBe('Realm not found')
  expect((await am.send('DELETE', `${at}/${idOf('/alpha')}`)).status).toBe(409)
  expect((await am.send('DELETE', url)).status).toBe(200)
  expect((await am.send('GET', url)).status).toBe(404)
})

test('keeps the settings when the realm changes', async () => {
  const service = '/realms/root/realms/alpha/realm-config/services/transaction'
  await am.send('PUT', service, { timeToLive: '60' })
  await am.send('PUT', `${at}/${idOf('/alpha')}`, { name: 'alpha', parentPath: '/', aliases: ['a'] })
  expect((await am.send('GET', service)).body.timeToLive).toBe('60')
})

test.each([
  ['a name that is taken', { name: 'alpha' }, 409],
  ['a name with a slash', { name: 'a/b' }, 400],
  ['the name root', { name: 'root' }, 400],
  ['the name __proto__', { name: '__proto__' }, 400],
  ['no name', {}, 400],
  ['an unknown parent', { name: 'beta', parentPath: '/nowhere' }, 400],
  ['an unknown attribute', { name: 'beta', colour: 'red' }, 400],
])('refuses %s', async (_what, body, status) => {
  expect((await am.send('POST', `${at}?_action=create`, body)).status).toBe(status)
})

test('refuses to rename a realm and to remove the root realm', async () => {
  expect((await am.send('PUT', `${at}/${idOf('/alpha')}`, { name: 'beta', parentPath: '/' })).status).toBe(
    400,
  )
  expect((await am.send('PUT', `${at}/Lw`, { name: '/', parentPath: null, active: false })).status).toBe(400)
  expect((await am.send('DELETE', `${at}/Lw`)).status).toBe(403)
})
