import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMailServer } from '../support/mail-server.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, output, signIn, startJourney } from '../support/wire.ts'

const people = '/openidm/managed/alpha_user'
const alexId = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'
const all = encodeURIComponent('*,_access')

let server: TestServer
let mail: Awaited<ReturnType<typeof startMailServer>>
let url: string
let ask: Ask

beforeAll(async () => {
  mail = await startMailServer()
  server = await startPrepared(
    (stores) =>
      saveRealm(stores, '/alpha', {
        lockout: { maxFailures: 2, windowSeconds: 600, lockSeconds: 600, maxFailuresInARow: 100 },
      }),
    { smtpUrl: mail.url },
  )
  url = server.url
  ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
})
afterAll(async () => {
  await server.stop()
  await mail.stop()
})

const act = (id: string, action: string, body: unknown = {}, object = people) =>
  ask(`${object}/${id}?_action=${action}`, { method: 'POST', body })

const access = async (id: string) => (await ask(`${people}/${id}?_fields=_access`)).body._access

const trySignIn = async (password: string, username = 'alex') =>
  authenticate(url, { headers: { 'x-openam-username': username, 'x-openam-password': password } })

async function createPerson(change: Record<string, unknown> = {}): Promise<string> {
  const userName = `person${Math.random().toString(36).slice(2, 10)}`
  const body = {
    userName,
    givenName: 'Per',
    sn: 'Son',
    mail: `${userName}@example.com`,
    password: 'First-Pass-2026',
  }
  return (await ask(`${people}?_action=create`, { method: 'POST', body: { ...body, ...change } })).body._id
}

describe('the list of people', () => {
  test.each([
    ['userName co "LEX"', ['alex']],
    ['givenName sw "al"', ['alex']],
    ['mail co "@example.com" and telephoneNumber co "025550101"', ['dana']],
    ['userName sw "sam."', ['sam.one', 'sam.two']],
  ])('is filtered by %s', async (filter, expected) => {
    const { body } = await ask(`${people}?_queryFilter=${encodeURIComponent(filter)}&_sortKeys=userName`)
    expect(body.result.map(({ userName }: { userName: string }) => userName)).toEqual(expected)
  })

  test('is sorted by username and paged, with the total', async () => {
    const names: string[] = []
    let cookie = ''
    do {
      const { body } = await ask(
        `${people}?_queryFilter=true&_sortKeys=userName&_pageSize=2&_totalPagedResultsPolicy=EXACT&_pagedResultsCookie=${cookie}`,
      )
      names.push(...body.result.map(({ userName }: { userName: string }) => userName))
      expect(body).toMatchObject({ totalPagedResultsPolicy: 'EXACT' })
      expect(body.totalPagedResults).toBeGreaterThan(3)
      cookie = body.pagedResultsCookie
    } while (cookie !== null)
    expect(names).toEqual(names.toSorted())
    expect(new Set(names).size).toBe(names.length)
  })

  test('is sorted by other attributes, and counts the matches of a filter', async () => {
    const filter = encodeURIComponent('userName sw "sam."')
    const { body } = await ask(
      `${people}?_queryFilter=${filter}&_sortKeys=-userName&_fields=userName,_access&_totalPagedResultsPolicy=EXACT`,
    )
    expect(body.result.map(({ userName }: { userName: string }) => userName)).toEqual(['sam.two', 'sam.one'])
    expect(body.result[0]._access.kind).toBe('user')
    expect(body.totalPagedResults).toBe(2)
    expect((await ask(`${people}?_queryFilter=true`)).body.totalPagedResultsPolicy).toBe('NONE')
  })

  test('has account details only on request', async () => {
    expect((await ask(`${people}/${alexId}`)).body).not.toHaveProperty('_access')
    const { body } = await ask(`${people}/${alexId}?_fields=${all}`)
    expect(body).toMatchObject({
      userName: 'alex',
      _access: {
        kind: 'user',
        isActive: true,
        isLocked: false,
        lockedUntil: null,
        failedPasswords: 0,
        hasPassword: true,
        mustChangePassword: false,
        roles: [],
      },
    })
    const written = await ask(`${people}/${alexId}`, { method: 'PUT', body })
    expect(written.body).not.toHaveProperty('_access')
  })
})

describe('a person', () => {
  test('who is locked can be unlocked', async () => {
    const id = await createPerson({ userName: 'locked' })
    for (const _ of [1, 2]) await trySignIn('wrong', 'locked')
    expect(await access(id)).toMatchObject({ isLocked: true, lockedUntil: expect.stringMatching(/Z$/) })
    expect((await trySignIn('First-Pass-2026', 'locked')).body.tokenId).toBeUndefined()
    expect((await act(id, 'unlock')).body._access).toMatchObject({ isLocked: false, lockedUntil: null })
    expect((await trySignIn('First-Pass-2026', 'locked')).body.tokenId).toBeDefined()
    const [entries] = await audited(ask, 'whom=locked&event=AM-IDENTITY-CHANGE')
    expect(entries).toMatchObject({
      what: { operation: 'ACTION', action: 'unlock' },
      who: { name: 'amadmin' },
    })
    expect((await act('nobody', 'unlock')).status).toBe(404)
  })

  test('can be disabled and enabled', async () => {
    const id = await createPerson({ userName: 'switched' })
    const to = (value: string) => [{ operation: 'replace', field: '/accountStatus', value }]
    await ask(`${people}/${id}`, { method: 'PATCH', body: to('inactive') })
    expect(await access(id)).toMatchObject({ isActive: false })
    expect((await trySignIn('First-Pass-2026', 'switched')).body.tokenId).toBeUndefined()
    await ask(`${people}/${id}`, { method: 'PATCH', body: to('active') })
    expect((await trySignIn('First-Pass-2026', 'switched')).body.tokenId).toBeDefined()
  })

  test('gets roles; the administrator role is only for the root realm', async () => {
    const id = await createPerson()
    const { body, headers } = await act(id, 'setRoles', { roles: ['helpdesk', 'helpdesk'] })
    expect(body._access.roles).toEqual(['helpdesk'])
    expect(headers.get('etag')).toBe(`"${body._rev}"`)
    expect((await act(id, 'setRoles', { roles: ['admin'] })).status).toBe(400)
    expect((await act(id, 'setRoles', { roles: [7] })).status).toBe(400)
    expect((await act(id, 'setRoles', {})).status).toBe(400)
    const [entries] = await audited(ask, `whom=${id}`)
    expect(entries.what).toMatchObject({ kind: 'role', action: 'setRoles' })
  })
})

test('people of a nested realm are reached with an encoded slash', async () => {
  const realm = { name: 'b.1', parentPath: '/alpha' }
  await ask('/global-config/realms?_action=create', { method: 'POST', body: realm })
  const inside = '/openidm/managed/alpha%2Fb.1_user'
  const body = { userName: 'inner', givenName: 'In', sn: 'Ner', mail: 'inner@example.com' }
  const made = await ask(`${inside}?_action=create`, { method: 'POST', body })
  expect(made.status).toBe(201)
  expect((await ask(`${inside}?_queryFilter=true`)).body.result).toMatchObject([{ userName: 'inner' }])
  expect((await ask(`${people}/${made.body._id}`)).status).toBe(404)
  const [entries] = await audited(ask, `whom=${made.body._id}`, '/realms/root/realms/alpha/realms/b.1')
  expect(entries.whom).toMatchObject({ name: 'inner', realm: '/alpha/b.1' })
})

describe('the last administrator', () => {
  const root = '/openidm/managed/user'

  test('can’t be disabled, demoted or removed, but one of two can', async () => {
    const disable = [{ operation: 'replace', field: '/accountStatus', value: 'inactive' }]
    expect((await act('amadmin', 'setRoles', { roles: [] }, root)).status).toBe(409)
    expect((await ask(`${root}/amadmin`, { method: 'PATCH', body: disable })).status).toBe(409)
    expect((await ask(`${root}/amadmin`, { method: 'DELETE' })).body).toMatchObject({
      code: 409,
      message: 'The last administrator cannot be removed or deactivated',
    })
    const second = {
      _id: 'second',
      userName: 'second',
      givenName: 'Se',
      sn: 'Cond',
      mail: 'second@example.com',
    }
    await ask(`${root}?_action=create`, { method: 'POST', body: second })
    await act('second', 'setRoles', { roles: ['admin'] }, root)
    expect((await act('second', 'setRoles', { roles: [] }, root)).body._access.roles).toEqual([])
    await act('second', 'setRoles', { roles: ['admin'] }, root)
    expect((await ask(`${root}/second`, { method: 'DELETE' })).status).toBe(200)
  })
})

describe('a new password set by an administrator', () => {
  test('is generated, must be changed and ends all sessions', async () => {
    const id = await createPerson({ userName: 'forgetful' })
    const token = await signIn(url, 'forgetful', 'First-Pass-2026')
    const { status, body } = await act(id, 'resetPassword')
    expect(status).toBe(200)
    expect(body).toEqual({ temporaryPassword: expect.stringMatching(/^[A-Za-z0-9]{16}$/) })
    expect(await access(id)).toMatchObject({ mustChangePassword: true })
    const validated = await ask('/realms/root/realms/alpha/sessions?_action=validate', {
      method: 'POST',
      body: { tokenId: token },
    })
    expect(validated.body).toEqual({ valid: false })
    expect((await trySignIn('First-Pass-2026', 'forgetful')).body.tokenId).toBeUndefined()
    const named = await startJourney(url, 'PlatformLogin')
    const asked = await answerStep(url, named, ['forgetful', body.temporaryPassword])
    expect(output(asked, 'message')).toMatch(/^password must be reset\.$/i)
    const fresh = 'Second-Pass-2026'
    const changed = await answerStep(url, asked, [body.temporaryPassword, fresh, fresh, 0])
    expect(changed.body.tokenId).toBeDefined()
    const entries = JSON.stringify(await audited(ask, 'whom=forgetful'))
    expect(entries).toContain('resetPassword')
    expect(entries).toContain('AM-SESSION-DESTROYED')
    expect(entries + server.logged()).not.toContain(body.temporaryPassword)
  })

  test('can be given and must satisfy the realm’s policy', async () => {
    const id = await createPerson()
    expect((await act(id, 'resetPassword', { password: 'short' })).body).toMatchObject({
      code: 403,
      detail: { failedPolicyRequirements: [{ property: 'password' }] },
    })
    expect(await access(id)).toMatchObject({ mustChangePassword: false })
    expect((await act(id, 'resetPassword', { password: 'Second-Pass-2026' })).body).toEqual({})
    expect(await access(id)).toMatchObject({ mustChangePassword: true })
  })

  test('can be requested by email if the realm has a journey for it', async () => {
    const id = await createPerson({ mail: 'mailed.person@example.com' })
    expect((await act(id, 'resetPassword', { byMail: true })).status).toBe(409)
    const settings = '/realms/root/realms/alpha/realm-config/settings'
    await ask(settings, { method: 'PUT', body: { passwordResetJourney: 'Reset' } })
    expect((await act(id, 'resetPassword', { byMail: true })).body).toEqual({ mailedTo: 'm•••n@example.com' })
    const arrived = () => mail.mails.filter(({ to }) => to.includes('mailed.person@example.com'))
    await expect.poll(arrived).toHaveLength(1)
    const [message] = arrived()
    expect(message?.body).toContain('authIndexValue=Reset')
    expect(await access(id)).toMatchObject({ mustChangePassword: false })
    expect((await act(id, 'resetPassword', { byMail: true, password: 'x' })).status).toBe(400)
    const withoutMail = await createPerson()
    await ask(`${people}/${withoutMail}`, {
      method: 'PATCH',
      body: [{ operation: 'replace', field: '/mail', value: 'nobody' }],
    })
  })
})

test('the realm’s password policy applies to people and is in the schema', async () => {
  const settings = '/realms/root/realms/alpha/realm-config/settings'
  const passwordPolicy = { minLength: 12, minCapitals: 1, minNumbers: 2 }
  await ask(settings, { method: 'PUT', body: { passwordPolicy } })
  const body = {
    userName: 'weak',
    givenName: 'We',
    sn: 'Ak',
    mail: 'weak@example.com',
    password: 'Only-one-1',
  }
  const refused = await ask(`${people}?_action=create`, { method: 'POST', body })
  expect(refused.body.message).toBe('Policy validation failed: password MIN_LENGTH, AT_LEAST_X_NUMBERS')
  const schema = (await ask('/openidm/schema/managed/alpha_user')).body
  expect(JSON.stringify(schema.properties.password)).toContain('"minLength":12')
  const { body: made } = await act(alexId, 'resetPassword')
  expect(made.temporaryPassword).toMatch(/[A-Z]/)
  expect(made.temporaryPassword.match(/\d/g).length).toBeGreaterThanOrEqual(2)
})
