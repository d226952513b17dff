import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { invariantSchema } from '../../src/testing/explore/invariants.ts'
import { agreed, type JourneyServer, startJourneyServer } from '../support/agreement-servers.ts'
import { exportOf, projectFolder, scripted, tested } from '../support/walk-project.ts'

/** A journey with a session: it asks for name and password, and runs a script after a right password. */
const signIn = (script: string) =>
  exportOf(
    'SignIn',
    {
      'Ask Name': { type: 'UsernameCollectorNode', to: { outcome: 'Ask Password' } },
      'Ask Password': { type: 'PasswordCollectorNode', to: { outcome: 'Check' } },
      Check: { type: 'DataStoreDecisionNode', to: { true: 'Decide', false: 'failure' } },
      Decide: scripted('decide', { true: 'success' }),
    },
    { decide: script },
  ).replace('"noSession": true', '"noSession": false')

const plain = `action.goTo('true')`
const asMira = `action.goTo('true').withIdentifiedUser('mira')`
const asAdmin = `action.goTo('true').putSessionProperty('role', 'admin').withMaxSessionTime(7)`

const password = 'Canary-Password-1'
const walks = (ends: string) => `
journey: SignIn
people:
  alex: { mail: alex@example.com, password: ${password} }
  mira: { mail: mira@example.com, password: Canary-Password-2 }
walks:
  - it: signs alex in
    steps: [{ answer: { NameCallback: alex } }, { answer: { PasswordCallback: "\${alex.password}" } }]
    ends: ${ends}
    path: [Ask Name, Ask Password, Check → true, Decide → true, Success]
`

const project = (script: string, ends = 'success') => ({
  'journeys/SignIn.json': signIn(script),
  'tests/in.walk.yaml': walks(ends),
})

describe('a walk', () => {
  test('fails if one person gave the password and another is signed in', async () => {
    const { status, output } = await tested(project(asMira))
    expect(output).toContain('a session of alex, whose password was given')
    expect(output).toContain('one of mira')
    expect(output).toContain('ends: { success: { person: mira } }')
    expect(status).toBe(1)
  })

  test.each([
    [plain, '{ success: { person: alex, level: 0, session: 2h } }'],
    [asMira, '{ success: { person: mira } }'],
    [asAdmin, '{ success: { person: alex, properties: { role: /^adm/ }, session: 7m } }'],
  ])('passes after %s with %s', async (script, ends) => {
    const { status, output } = await tested(project(script, ends))
    expect(output).toContain('1 passed')
    expect(status).toBe(0)
  })

  test.each([
    [asMira, '{ success: { person: alex } }', 'person alex', 'mira'],
    [plain, '{ success: { level: 10 } }', 'level 10', '0'],
    [asAdmin, '{ success: { properties: { role: user } } }', 'property role user', 'admin'],
    [plain, '{ success: { properties: { role: user } } }', 'property role user', 'none'],
    [asAdmin, '{ success: { session: 60m } }', 'session 60m', '7m'],
  ])('fails after %s with %s', async (script, ends, expected, got) => {
    const { status, output } = await tested(project(script, ends))
    expect(output).toMatch(new RegExp(`session +expected +${expected}\\s+got +${got}\\n`))
    expect(status).toBe(1)
  })

  test('fails if it names a person and the journey creates no session', async () => {
    const sessionless = signIn(plain).replace('"noSession": false', '"noSession": true')
    const files = { ...project(plain, '{ success: { person: alex } }'), 'journeys/SignIn.json': sessionless }
    const { status, output } = await tested(files)
    expect(output).toMatch(/got +no session/)
    expect(status).toBe(1)
  })
})

describe('a server', () => {
  let changed: JourneyServer
  beforeAll(async () => {
    const people = [
      { userName: 'alex', password },
      { userName: 'mira', password: 'Canary-Password-2' },
    ]
    const script = `action.goTo('true').withIdentifiedUser('mira').putSessionProperty('role', 'user').withMaxSessionTime(7)`
    changed = await startJourneyServer({ exports: [signIn(script)], people })
  })
  afterAll(() => changed.stop())

  test('that signs another person in, for another time, differs, and what it does not show is unobserved', async () => {
    const inside = `action.goTo('true').putSessionProperty('role', 'admin')`
    const folder = projectFolder({
      ...project(inside, '{ success: { successUrl: /enduser/ } }'),
      'sidegate.yaml': `targets: { staging: { url: ${changed.url} } }`,
    })
    const { status, output } = await agreed(folder, ['--at', 'staging', '--both'])
    expect(output).toMatch(/session person\s+inside +alex\s+there +mira/)
    expect(output).toMatch(/session session\s+inside +120m\s+there +7m/)
    expect(output).toMatch(/1 +the target does not show this fact of a session/)
    expect(status).toBe(1)
    expect(readFileSync(join(folder, '.sidegate/agreement.json'), 'utf8')).not.toContain('mira')
  })
})

describe('the invariant “success only as the person who proved it”', () => {
  const invariant = invariantSchema.parse('success only as the person who proved it')
  type Trail = Parameters<typeof invariant.brokenBy>[0]
  const trail = (username: string, proofs: object[], outcome = 'success') =>
    ({
      spot: {
        session: { outcome },
        run: { session: { shared: { username }, proofs } },
        people: ['alex', 'mira'].map((userName) => ({ id: `id-${userName}`, userName })),
      },
    }) as unknown as Trail

  test.each([
    ['mira', 'alex', 'it signs in mira, and alex has proved the credential'],
    ['alex', 'alex', undefined],
    ['alex', 'id-alex', undefined],
  ])('judges a session of %s after a proof of %s', (signedIn, prover, expected) => {
    expect(invariant.brokenBy(trail(signedIn, [{ method: 'pwd', name: prover }]))).toBe(expected)
  })

  test('is not broken by failures or without a proof', () => {
    expect(invariant.brokenBy(trail('mira', []))).toBeUndefined()
    expect(invariant.brokenBy(trail('mira', [{ method: 'pwd', name: 'alex' }], 'failure'))).toBeUndefined()
  })
})
