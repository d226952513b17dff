import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { breachCount, breachedPasswords } from './breached-passwords.ts'

const password = 'correct horse'
const hash = createHash('sha1').update(password).digest('hex').toUpperCase()
const other = '0'.repeat(35)
const on = { breachService: 'https://range.example.com/range', breachServiceMustAnswer: false }

let requests: { url: string; headers: Record<string, string> }[]
let silences: string[]
beforeEach(() => {
  requests = []
  silences = []
})

const checks = (answer: { status?: number; body?: string } | Error, policy = on) =>
  breachedPasswords({
    async send(request) {
      requests.push(request)
      if (answer instanceof Error) throw answer
      return { status: 200, body: '', ...answer }
    },
    onSilence: (reason) => void silences.push(reason),
  })(password, policy)

test.each([
  ['listed', `${other}:3\r\n${hash.slice(5)}:42\r\n`, true],
  ['listed in small letters', `${hash.slice(5).toLowerCase()}:1`, true],
  ['padding', `${hash.slice(5)}:0\r\n`, false],
  ['not listed', `${other}:3`, false],
])('a password that is %s is breached: %o', async (_case, body, isBreached) => {
  expect(await checks({ body })).toBe(isBreached)
  expect(silences).toEqual([])
})

test('sends only five digits of the hash to the service', async () => {
  await checks({ body: `${other}:3` })
  expect(requests).toEqual([
    {
      url: `https://range.example.com/range/${hash.slice(0, 5)}`,
      method: 'GET',
      headers: { 'Add-Padding': 'true' },
    },
  ])
})

test('counts breaches, under the name of the caller', async () => {
  const count = breachCount(async (request) => {
    requests.push(request)
    return { status: 200, body: `${other}:3\r\n${hash.slice(5)}:42` }
  })
  expect(await count('https://range.example.com/range', password, 'Larkfield')).toBe(42)
  expect(requests[0]?.headers).toEqual({ 'Add-Padding': 'true', 'User-Agent': 'Larkfield' })
})

test('sends no request without a service', async () => {
  expect(await checks(new Error('away'), { ...on, breachService: '' })).toBe(false)
  expect(requests).toEqual([])
})

describe('a service that', () => {
  test.each([
    ['is away', new Error('no answer within 3000 ms'), 'no answer within 3000 ms'],
    ['has an error', { status: 503, body: 'busy' }, 'the service responded with status 503'],
    [
      'answers a page',
      { body: '<html>Sign in to the network</html>' },
      'the response is not a list of hashes',
    ],
    ['answers nothing', { body: '' }, 'the response is not a list of hashes'],
  ])('%s lets a password pass unless the realm requires an answer', async (_case, answer, reason) => {
    expect(await checks(answer)).toBe(false)
    expect(await checks(answer, { ...on, breachServiceMustAnswer: true })).toBe(true)
    expect(silences).toEqual([reason, reason])
    expect(JSON.stringify(silences)).not.toContain(hash.slice(0, 5))
  })
})
