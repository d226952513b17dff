import { expect, test } from 'vitest'
import { targetOf, targetsSchema } from './targets.ts'

const targets = targetsSchema.parse({
  staging: { url: 'https://staging.example', realm: 'bravo' },
  twin: { url: 'https://tenant.example/other' },
  live: { url: 'https://tenant.example/am', production: true },
})

test('a name and its URL mean the same target', () => {
  const staging = { origin: 'https://staging.example', context: '/am', realm: 'bravo', logs: undefined }
  expect(targetOf('staging', targets)).toEqual(staging)
  expect(targetOf('https://staging.example/', targets)).toEqual(staging)
  expect(targetOf('http://127.0.0.1:8080/openam/', targets)).toMatchObject({ context: '/openam' })
})

test.each([
  'live',
  'twin',
  'https://tenant.example/am',
  'https://tenant.example',
  'https://tenant.example/',
  'https://tenant.example/am/',
  'https://tenant.example/openam',
  'https://tenant.example:443/am',
  'HTTPS://Tenant.Example/am',
  'https://tenant.example./am',
  'http://tenant.example/am',
  'http://tenant.example:80',
  'https://tenant.example\\am',
  'https://%74enant.example/am',
])('%s is production and refused', (given) => {
  expect(() => targetOf(given, targets)).toThrow("Target 'live' is marked as production")
})

test('other names of this machine are the same server', () => {
  const local = targetsSchema.parse({ live: { url: 'http://localhost:8080', production: true } })
  for (const host of [
    '127.0.0.1',
    '[::1]',
    '127.0.0.2',
    '0x7f.1',
    '[::ffff:127.0.0.1]',
    'LOCALHOST.',
    '0',
    '[::]',
    'a.localhost',
  ]) {
    expect(() => targetOf(`http://${host}:8080/am`, local)).toThrow('production')
  }
  expect(targetOf('http://127.0.0.1:8081', local)).toMatchObject({ context: '/am' })
})

test('logs of a production server are refused, too', () => {
  const logs = { url: 'https://tenant.example', keyEnv: 'KEY', secretEnv: 'SECRET' }
  const given = targetsSchema.parse({
    ...{ live: targets.live },
    test: { url: 'https://test.example', logs },
  })
  expect(() => targetOf('test', given)).toThrow('production')
})

test('the log server of a production server is refused, too', () => {
  const logs = { keyEnv: 'KEY', secretEnv: 'SECRET' }
  const liveLogs = { url: 'https://logs.example', ...logs }
  const given = targetsSchema.parse({
    live: { url: 'https://tenant.example', production: true, logs: liveLogs },
    test: { url: 'https://test.example', logs: { url: 'https://LOGS.example:443/', ...logs } },
  })
  expect(() => targetOf('test', given)).toThrow("Target 'live' is marked as production")
  expect(() => targetOf('https://logs.example/am', given)).toThrow('production')
})

test.each(['nowhere', 'ftp://tenant.example', 'https://', 'https://staging.example/am?realm=alpha'])(
  '%s is no target',
  (given) => {
    expect(() => targetOf(given, targets)).toThrow(/^There is no target|^The address of a target/)
  },
)

test('an address with a password is refused without showing it', () => {
  expect(() => targetOf('https://me:canary@staging.example', targets)).toThrow(/^[^@]*$/)
})

test('secrets are only accepted as names of variables', () => {
  const logs = { keyEnv: 'a value with spaces', secretEnv: 'S' }
  const parsed = targetsSchema.safeParse({ it: { url: 'https://it.example', logs } })
  expect(parsed.error?.message).toContain('must be the name of an environment variable, not its value')
  expect(parsed.error?.message).not.toContain('a value with spaces')
})
