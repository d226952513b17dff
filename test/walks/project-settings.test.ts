import { describe, expect, test } from 'vitest'
import { exportOf, login, tested } from '../support/walk-project.ts'

const walk = `
journey: Login
people: { alex: { mail: alex@example.com, password: short-pass } }
walks:
  - { it: asks for a name, steps: [{ asks: User Name }] }
`

const project = (settings: string, file: Record<string, string> = {}) => ({
  'sidegate.yaml': `settings: ${settings}\n`,
  'journeys/Login.json': login,
  'login.walk.yaml': walk,
  ...file,
})

describe('settings of the realm', () => {
  test('are in a file beside sidegate.yaml', async () => {
    const invalid = '{ "maxSessionMinutes": "long" }'
    expect((await tested(project('realm.json', { 'realm.json': '{ "maxSessionMinutes": 5 }' }))).status).toBe(
      0,
    )
    const { status, output } = await tested(project('realm.json', { 'realm.json': invalid }))
    expect(status).toBe(2)
    expect(output).toContain('maxSessionMinutes')
  })

  test.each([
    ['a file that is missing', {}, 'sidegate.yaml: settings: realm.json was not found'],
    ['a file that is not an object', { 'realm.json': '[]' }, 'realm.json is invalid'],
    ['a file that is cut off', { 'realm.json': '{ "helpDesk": {' }, 'realm.json:1:'],
  ])('in %s are named', async (_case, file, message) => {
    await expect(tested(project('realm.json', file))).rejects.toThrow(message)
  })
})

describe('stand-ins', () => {
  const type = 'product-PingOneProtectResultNode'
  const risky = exportOf('Risky', { Risk: { type, to: { outcome: 'success' } } })
  const walks = (ends: string) => `{ journey: Risky, walks: [{ it: ends, steps: [], ends: ${ends} }] }`
  const files = (standIns: string, ends: string) => ({
    'sidegate.yaml': `settings: { standIns: ${standIns} }`,
    'journeys/Risky.json': risky,
    'risky.walk.yaml': walks(ends),
  })

  test('of the project decide walks', async () => {
    const declared = `[{ type: ${type}, outcome: outcome }]`
    const { status, output } = await tested(files(declared, 'success'))
    expect(output).toContain('1 passed')
    expect(status).toBe(0)
  })

  test('that nobody declared end walks in failure', async () => {
    const { status, output } = await tested(files('[]', '{ failure: Login failure }'))
    expect(output).toContain('1 passed')
    expect(status).toBe(0)
  })
})
