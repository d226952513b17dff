import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type OutsideServer, startOutside } from '../support/outside-server.ts'
import { saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, filledIn, startJourney, stepOf, type WireAnswer } from '../support/wire.ts'

const twice = `(function () {
  if (callbacks.isEmpty()) callbacksBuilder.nameCallback("Once");
  else {
    httpClient.send("http://HOST/first?" + callbacks.getNameCallbacks().get(0)).get();
    action.goTo("next");
  }
})();`
const more = `(function () {
  if (callbacks.isEmpty()) callbacksBuilder.nameCallback("Twice");
  else action.goTo("next");
})();`

const timedOut = {
  code: 401,
  reason: 'Unauthorized',
  message: 'Session has timed out',
  detail: { errorCode: '110' },
}

let outside: OutsideServer
let server: TestServer
let url: string

beforeAll(async () => {
  outside = await startOutside()
  server = await startPrepared(
    async (stores) => {
      await saveRealm(stores, '/alpha', {
        lockout: { maxFailures: 3, windowSeconds: 600, lockSeconds: 300, maxFailuresInARow: 100 },
      })
      await saveRealm(stores, '/beta')
      await saveJourney(stores, 'Twice', {
        once: await scripted(stores, 'once', twice.replace('HOST', outside.host), { next: 'more' }),
        more: await scripted(stores, 'more', more, { next: 'success' }),
      })
      const name = { ask: { type: 'UsernameCollectorNode', to: { outcome: 'success' } } }
      await saveJourney(stores, 'NoTime', name, { treeTimeout: 0 })
    },
    { httpAllow: [outside.host] },
  )
  url = server.url
})

afterAll(async () => {
  await server.stop()
  await outside.stop()
})

beforeEach(() => {
  outside.calls.length = 0
})

function withAuthId(answer: WireAnswer, authId: string) {
  return authenticate(url, { body: { ...filledIn(stepOf(answer)), authId } })
}

describe('an authId', () => {
  const forged = { code: 400, reason: 'Bad Request', message: 'AuthId JWT Signature not valid' }

  test('with an invalid signature is rejected', async () => {
    const start = await startJourney(url, 'Login')
    const [head, payload, signature = ''] = stepOf(start).authId.split('.')
    const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    const refused = await withAuthId(start, `${head}.${payload}.${flipped}`)
    expect(refused.status).toBe(400)
    expect(refused.body).toEqual(forged)
  })

  test('with changed claims is rejected if the signature is wrong, from another key or missing', async () => {
    const start = await startJourney(url, 'Login')
    const [head = '', payload = '', signature] = stepOf(start).authId.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const changed = Buffer.from(JSON.stringify({ ...claims, step: 7 })).toString('base64url')
    const foreign = createHmac('sha256', 'guess').update(`${head}.${changed}`).digest('base64url')
    const none = Buffer.from('{"typ":"JWT","alg":"none"}').toString('base64url')
    const attempts = [
      `${head}.${changed}.${signature}`,
      `${head}.${changed}.${foreign}`,
      `${none}.${payload}.x`,
    ]
    for (const authId of attempts) {
      expect(await withAuthId(start, authId)).toMatchObject({ status: 400, body: forged })
    }
  })

  test.each(['', 'x', 'a.b', 'a.b.c.d', '..', ' '])('that is %j cannot be parsed', async (authId) => {
    const { status, body } = await withAuthId(await startJourney(url, 'Login'), authId)
    expect(status).toBe(400)
    expect(body.message).toMatch(/^Failed to parse JWT/)
  })

  test('of one realm is rejected in another and stays valid in its own', async () => {
    const start = await startJourney(url, 'Login')
    const elsewhere = await answerStep(url, start, ['alex', 'Alex-Pass-2026'], { realm: 'beta' })
    expect(elsewhere).toMatchObject({ status: 400, body: forged })
    expect((await answerStep(url, start, ['alex', 'Alex-Pass-2026'])).status).toBe(200)
  })

  test('that expired requires a new start', async () => {
    const late = await answerStep(url, await startJourney(url, 'NoTime'), ['alex'])
    expect(late.status).toBe(401)
    expect(late.body).toEqual(timedOut)
  })

  test('of an ended journey starts no journey', async () => {
    const start = await startJourney(url, 'Login')
    await answerStep(url, start, ['alex', 'Alex-Pass-2026'])
    const again = await answerStep(url, start, ['dana', 'Dana-Pass-2026'])
    expect(again.status).toBe(401)
    expect(again.body).not.toHaveProperty('tokenId')
  })

  test('survives invalid answers', async () => {
    const start = await startJourney(url, 'Login')
    expect((await authenticate(url, { body: { ...stepOf(start), callbacks: [] } })).status).toBe(400)
    expect((await answerStep(url, start, ['alex', 'Alex-Pass-2026'])).status).toBe(200)
  })
})

describe('a repeated step', () => {
  test('gets its stored answer without repeating its effects', async () => {
    const start = await startJourney(url, 'Twice')
    const first = await answerStep(url, start, ['a'])
    const second = await answerStep(url, start, ['a'])
    expect(second).toMatchObject({ status: 200, body: first.body })
    expect(outside.calls).toEqual(['/first?a'])
    expect((await answerStep(url, second, ['b'])).status).toBe(200)
  })

  test('gets the same session if it was the last step', async () => {
    const start = await startJourney(url, 'Login')
    const first = await answerStep(url, start, ['alex', 'Alex-Pass-2026'])
    const second = await answerStep(url, start, ['alex', 'Alex-Pass-2026'])
    expect(second.body).toEqual(first.body)
    expect(second.headers.getSetCookie()).toEqual(first.headers.getSetCookie())
  })

  test('gets the same failure if it was the last step', async () => {
    const start = await startJourney(url, 'PlatformLogin')
    const first = await answerStep(url, start, ['dana', 'wrong'])
    const second = await answerStep(url, start, ['dana', 'wrong'])
    expect(first.status).toBe(401)
    expect(second).toMatchObject({ status: 401, body: first.body })
  })

  test('with other answers is rejected: only the newest step continues', async () => {
    const start = await startJourney(url, 'Twice')
    const next = await answerStep(url, start, ['a'])
    const other = await answerStep(url, start, ['b'])
    expect(other.status).toBe(401)
    expect(other.body).toMatchObject({ code: 401, reason: 'Unauthorized' })
    expect(other.body.detail).toBeUndefined()
    expect(outside.calls).toEqual(['/first?a'])
    expect((await answerStep(url, next, ['b'])).status).toBe(200)
  })

  test('after a later step is rejected', async () => {
    const start = await startJourney(url, 'Twice')
    await answerStep(url, await answerStep(url, start, ['a']), ['b'])
    expect((await answerStep(url, start, ['a'])).status).toBe(401)
  })

  test('counts a wrong password once', async () => {
    const start = await startJourney(url, 'PlatformLogin')
    for (let count = 0; count < 5; count++) await answerStep(url, start, ['sam.one', 'wrong'])
    const right = await answerStep(url, await startJourney(url, 'PlatformLogin'), [
      'sam.one',
      'Sam1-Pass-2026',
    ])
    expect(right.status).toBe(200)
  })
})

describe('a step sent twice at the same time', () => {
  test('runs once, and both get the same answer', async () => {
    const start = await startJourney(url, 'Twice')
    outside.hold()
    const first = answerStep(url, start, ['a'])
    await outside.called(1)
    const second = answerStep(url, start, ['a'])
    outside.release()
    expect((await second).body).toEqual((await first).body)
    expect(outside.calls).toEqual(['/first?a'])
  })

  test('with different answers runs only for the first request', async () => {
    const start = await startJourney(url, 'Twice')
    outside.hold()
    const first = answerStep(url, start, ['a'])
    await outside.called(1)
    const second = answerStep(url, start, ['b'])
    outside.release()
    expect((await first).status).toBe(200)
    expect((await second).status).toBe(401)
    expect(outside.calls).toEqual(['/first?a'])
  })

  test('twenty times creates one session', async () => {
    const start = await startJourney(url, 'Login')
    const ends = await Promise.all(
      Array.from({ length: 20 }, () => answerStep(url, start, ['alex', 'Alex-Pass-2026'])),
    )
    expect(new Set(ends.map(({ body }) => body.tokenId)).size).toBe(1)
    expect(ends.every(({ status }) => status === 200)).toBe(true)
  })
})
