import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alex, type IdentitiesOnDisk, identitiesOnDisk } from '../../../test/support/identities-on-disk.ts'
import type { Identity } from '../../people/identity.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import { newSession } from '../../sessions/sessions.ts'
import { rightsOf } from '../guards/rights.ts'
import type { Answer, Call, Route } from '../route.ts'
import { usersRoutes } from './users.ts'

let disk: IdentitiesOnDisk
let routes: Route[]
let person: Identity
beforeEach(async () => {
  disk = await identitiesOnDisk()
  routes = usersRoutes({ identities: disk.identities })
  person = await disk.identities.create('/alpha', { ...alex, _id: 'a-1' })
})
afterEach(() => disk.close())

function ask(method: string, caller: Identity | undefined, id = '', query = ''): Promise<Answer> {
  const route = routes.find((each) => each.method === method)
  const settings = realmSettingsSchema.parse({})
  // The members that these handlers use.
  const call = {
    realm: { path: '/alpha', isActive: true, aliases: [], settings },
    params: { id },
    query: new URLSearchParams(query),
    baseUrl: 'http://localhost:8080/am',
    session: async () => caller && signIn(caller),
    rights: async () => rightsOf(caller),
  } as unknown as Call
  return Promise.resolve(route?.handle(call) as Answer)
}

function signIn({ realm, ...identity }: Identity) {
  const limits = { maxIdleMinutes: 30, maxSessionMinutes: 120 }
  const made = newSession(
    { realm, identity, journey: 'Login', authLevel: 0, properties: {}, ...limits },
    disk.clock.now,
  )
  return { ...made, isCookie: true }
}

describe('idFromSession', () => {
  test('returns the identity of the session', async () => {
    const { body } = await ask('POST', person, '', '_action=idFromSession')
    expect(body).toEqual({
      id: 'a-1',
      realm: '/alpha',
      dn: 'id=a-1,ou=user,o=alpha,ou=services,ou=am-config',
      successURL: 'http://localhost:8080/am/XUI/',
      fullLoginURL: 'http://localhost:8080/am/UI/Login?realm=%2Falpha',
    })
  })

  test('is refused without a session', async () => {
    await expect(ask('POST', undefined, '', '_action=idFromSession')).rejects.toMatchObject({ status: 401 })
  })
})

describe('a profile', () => {
  test.each(['a-1', 'alex'])('is shown to the person under the id or name %s', async (id) => {
    const { body } = await ask('GET', person, id)
    expect(body).toMatchObject({
      _id: 'a-1',
      username: 'alex',
      realm: '/alpha',
      uid: ['alex'],
      mail: [alex.mail],
      cn: ['Alex Caller'],
      inetUserStatus: ['Active'],
      universalid: ['id=a-1,ou=user,o=alpha,ou=services,ou=am-config'],
    })
    expect(JSON.stringify(body)).not.toMatch(/argon2|Pass-2026/)
  })

  test('is shown to administrators', async () => {
    const administrator = await disk.identities.createAdministrator('amadmin', 'admin')
    expect((await ask('GET', administrator, 'alex')).body).toMatchObject({ _id: 'a-1' })
    await expect(ask('GET', administrator, 'nobody')).rejects.toMatchObject({ status: 404 })
  })

  test('is refused to others, whether the person exists or not', async () => {
    const other = await disk.identities.create('/alpha', { ...alex, userName: 'other' })
    await expect(ask('GET', other, 'alex')).rejects.toMatchObject({ status: 403 })
    await expect(ask('GET', other, 'nobody')).rejects.toMatchObject({ status: 403 })
    await expect(ask('GET', undefined, 'alex')).rejects.toMatchObject({ status: 401 })
  })

  test('is refused to a person with the same name in another realm', async () => {
    const root = await disk.identities.create('/', { ...alex, _id: 'a-2' })
    await expect(ask('GET', root, 'alex')).rejects.toMatchObject({ status: 403 })
  })
})
