import { afterAll, describe, expect, test } from 'vitest'
import {
  type RadiusReply,
  type RadiusServer,
  startRadiusServer,
} from '../../../test/support/radius-server.ts'
import { radiusClient, radiusFence } from './radius.ts'

const secret = 's3cret of both'
const started: RadiusServer[] = []

async function server(...[answer]: [Parameters<typeof startRadiusServer>[1]]) {
  const made = await startRadiusServer(secret, answer)
  started.push(made)
  return made
}

afterAll(async () => {
  await Promise.all(started.splice(0).map(({ stop }) => stop()))
})

let time = 0
const client = (allowed = ['127.0.0.1']) => radiusClient(radiusFence(allowed), () => time)('/alpha')

function ask(
  servers: string[],
  { port = client(), password = 'open-sesame', timeoutSeconds = 1, challenge = undefined as Challenge } = {},
) {
  const settings = { servers, secret, timeoutSeconds, retryAfterMinutes: 5 }
  return port.check(settings, { username: 'kim', password, challenge })
}
type Challenge = { server: string; state: string } | undefined

/** Accepts the right password. */
const usual = ({ password }: { password: string }): RadiusReply => ({
  code: password === 'open-sesame' ? 2 : 3,
})

test('tells right from wrong passwords, also long ones', async () => {
  const long = 'ü'.repeat(60)
  const { address, requests, problems } = await server(({ password }) => ({
    code: password === long ? 2 : 3,
  }))
  expect(await ask([address], { password: long })).toEqual({ kind: 'right' })
  expect(await ask([address], { password: `${long}x` })).toEqual({ kind: 'wrong' })
  expect(requests[0]).toMatchObject({ userName: 'kim', state: '' })
  expect(problems).toEqual([])
})

test('brings the state of a challenge back to its server, and shows its text without control characters', async () => {
  const other = await server(usual)
  const { address, requests } = await server(({ state, password }) =>
    state === 'st-1'
      ? { code: password === '123456' ? 2 : 3 }
      : {
          code: 11,
          attributes: [
            [24, 'st-1'],
            [18, 'Code for\u202e '],
            [18, '\u0007kim?\r\n'],
          ],
        },
  )
  const first = await ask([address])
  expect(first).toEqual({ kind: 'challenge', server: address, state: 'c3QtMQ==', message: 'Code for kim?' })
  const challenge = { server: address, state: 'c3QtMQ==' }
  expect(await ask([other.address, address], { password: '123456', challenge })).toEqual({ kind: 'right' })
  expect(other.requests).toEqual([])
  expect(requests.map(({ state }) => state)).toEqual(['', 'st-1'])
  expect(await ask([address], { password: '000000', challenge })).toEqual({ kind: 'wrong' })
})

test('an answer to a challenge goes to no other server, and a challenge without a state has none', async () => {
  const other = await server(usual)
  const challenger = await server(({ password }, place) =>
    place === 1 ? { code: 11 } : password === '' ? { code: 2 } : undefined,
  )
  const { address } = challenger
  expect(await ask([address])).toEqual({ kind: 'challenge', server: address, state: '', message: '' })
  const challenge = { server: address, state: '' }
  expect(await ask([address, other.address], { password: '', challenge })).toEqual({ kind: 'right' })
  expect(challenger.requests[1]?.attributes.map(([type]) => type)).toEqual([80, 1, 2, 32])
  const silent = ask([other.address, address], { password: '123456', challenge })
  await expect(silent).rejects.toThrow(new RegExp(`^${address}: no answer came$`))
  const removed = ask([other.address], { password: '123456', challenge })
  await expect(removed).rejects.toThrow('the server of the challenge is not configured')
  expect(other.requests).toEqual([])
})

test('a person waits for a minute at most, however many servers are silent', async () => {
  const slow = await server(() => {
    time += 60_000
    return undefined
  })
  const { address, requests } = await server(usual)
  const asking = ask([slow.address, address])
  await expect(asking).rejects.toThrow(new RegExp(`^${slow.address}: no answer came$`))
  expect(requests).toEqual([])
})

describe('answers that don’t count, whatever they say', () => {
  const flip = (at: number) => (packet: Buffer) => {
    packet.writeUInt8(packet.readUInt8(at) ^ 1, at)
    return packet
  }
  // Together, because each waits for the whole time.
  test.concurrent.each<[string, RadiusReply]>([
    ['no Message-Authenticator', { code: 2, proof: 'none' }],
    ['wrong Message-Authenticator', { code: 2, proof: 'wrong' }],
    ['wrong Message-Authenticator', { code: 2, proof: 'twice' }],
    ['not made with the shared secret', { code: 2, secret: 'guessed' }],
    ['not made with the shared secret', { code: 3, spoil: flip(0) }],
    ['not made with the shared secret', { code: 2, spoil: flip(5) }],
    ['not made with the shared secret', { code: 2, attributes: [[24, 'a']], spoil: flip(40) }],
    ['belongs to another request', { code: 2, spoil: flip(1) }],
    ['unknown kind', { code: 5 }],
    ['wrong length', { code: 2, spoil: (packet) => packet.subarray(0, 10) }],
    ['wrong length', { code: 2, spoil: (packet) => packet.subarray(0, packet.length - 1) }],
    [
      'more than one state',
      {
        code: 11,
        attributes: [
          [24, 'a'],
          [24, 'b'],
        ],
      },
    ],
  ])('%s', async (problem, reply) => {
    const { address } = await server(() => reply)
    const asking = ask([address], { timeoutSeconds: 2 })
    await expect(asking).rejects.toThrow(new RegExp(`^${address}: .*${problem}`))
  })

  test('and neither end the wait for the right one', async () => {
    const { address } = await server(() => [{ code: 2, proof: 'none' }, { code: 3 }])
    expect(await ask([address])).toEqual({ kind: 'wrong' })
  })
})

test('repeats a lost request unchanged', async () => {
  const { address, requests } = await server((_request, place) => (place < 3 ? undefined : { code: 2 }))
  expect(await ask([address], { timeoutSeconds: 1 })).toEqual({ kind: 'right' })
  expect(requests).toHaveLength(3)
  expect(requests[2]).toEqual(requests[0])
})

test('asks the next server if one is silent, and for a while the silent one last', async () => {
  const silent = await server(() => undefined)
  const { address } = await server(usual)
  const port = client()
  expect(await ask([silent.address, address], { port })).toEqual({ kind: 'right' })
  const asked = silent.requests.length
  expect(await ask([silent.address, address], { port })).toEqual({ kind: 'right' })
  expect(silent.requests).toHaveLength(asked)
  time += 5 * 60_000
  await ask([silent.address, address], { port })
  expect(silent.requests.length).toBeGreaterThan(asked)
  await expect(ask([silent.address], { port })).rejects.toThrow(`${silent.address}: no answer came`)
})

test('a realm with a wrong secret doesn’t change the order of others', async () => {
  const realms = radiusClient(radiusFence(['127.0.0.1']), () => time)
  const first = await server(usual)
  const second = await server(usual)
  const servers = [first.address, second.address]
  const wrong = { servers: [first.address], secret: 'wrong', timeoutSeconds: 0.1, retryAfterMinutes: 5 }
  const question = { username: 'kim', password: 'open-sesame', challenge: undefined }
  await expect(realms('/beta').check(wrong, question)).rejects.toThrow('no answer came')
  expect(await ask(servers, { port: realms('/alpha') })).toEqual({ kind: 'right' })
  expect([first.requests.length, second.requests.length]).toEqual([1, 0])
})

test.each(['127.0.0.1', 'localhost', '[::1]', '10.0.0.1', '169.254.169.254', '2130706433'])(
  'reaches %s only if it is listed',
  async (host) => {
    const { address, requests, problems } = await server(usual)
    const port = address.split(':')[1]
    await expect(ask([`${host}:${port}`], { port: client([]) })).rejects.toThrow('SIDEGATE_RADIUS_ALLOW')
    expect([requests, problems]).toEqual([[], []])
  },
)

test('a name leads to its address if it is listed', async () => {
  const { address } = await server(usual)
  const port = address.split(':')[1]
  expect(await ask([`main|localhost:${port}`], { port: client([`localhost:${port}`]) })).toEqual({
    kind: 'right',
  })
})

test.each([
  ['', 'no server is configured'],
  ['host:99999', 'must be host or host:port'],
  ['a:b:c', 'must be host'],
])('a server %j is refused with the reason', async (name, problem) => {
  await expect(ask([name])).rejects.toThrow(problem)
})

test('what fits into no request is wrong, and is not sent', async () => {
  const { address, requests } = await server(() => ({ code: 2 }))
  expect(await ask([address], { password: 'open-sesame\0' })).toEqual({ kind: 'wrong' })
  expect(requests).toEqual([])
})

test('each request has a new authenticator', async () => {
  const { address, requests } = await server(usual)
  await ask([address])
  await ask([address])
  const [one, other] = requests.map(({ attributes }) => String(attributes))
  expect(one).not.toBe(other)
})
