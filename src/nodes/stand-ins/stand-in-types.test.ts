import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { webPort } from '../../../test/support/web-port.ts'
import type { JsonObject } from '../../base/json.ts'
import type { Action } from '../../engine/action.ts'
import { outcomesOf } from '../../engine/node-type.ts'
import { withoutCredentials } from '../../realms/kept-document.ts'
import { nodeTypeNamed } from '../catalogue.ts'
import type { StandInPort } from '../ports/ports.ts'
import { standInTypes } from './stand-in-types.ts'

const around = { typeNamed: () => undefined, child: () => undefined }
const protect = 'product-PingOneProtectEvaluationNode'

type Declared = NonNullable<ReturnType<StandInPort['declared']>>

let hook: Server
let url: string
let answer: { status: number; body: string; to?: string }
const asked: JsonObject[] = []

beforeAll(async () => {
  hook = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    asked.push(JSON.parse(Buffer.concat(parts).toString()))
    if (answer.status === 0) return
    const headers = {
      'content-type': 'application/json',
      ...(answer.to === undefined ? {} : { location: answer.to }),
    }
    response.writeHead(answer.status, headers).end(answer.body)
  })
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/risk`
})
beforeEach(() => {
  asked.length = 0
  answer = { status: 200, body: '{"outcome":"low"}' }
})
afterAll(() => {
  hook.closeAllConnections()
  hook.close()
})

function run(declared: Declared | undefined, given: Parameters<typeof runNode>[1] = {}, type = protect) {
  const found = nodeTypeNamed(type)
  if (found === undefined) throw new Error(`${type} is unknown`)
  const web = webPort('127.0.0.1', 300)
  const standIns: StandInPort = {
    declared: (name) => (name === type ? declared : undefined),
    withoutSecrets: (settings) => withoutCredentials(settings),
  }
  return runNode(found, { ...given, ports: { standIns, web } })
}

function failureOf(action: Action): string | undefined {
  return action.kind === 'error' ? action.message : undefined
}

const toHook = (more: Partial<Declared> = {}): Declared =>
  ({ does: 'hook', url, sends: [], takes: [], ...more }) as Declared

describe('a stand-in', () => {
  test('without a declaration ends the journey in failure and names the type', async () => {
    const { action } = await run(undefined)
    expect(failureOf(action)).toBe(
      `${protect} has no stand-in in this realm: declare one in the realm’s settings`,
    )
  })

  test('takes the declared outcome', async () => {
    const { action } = await run({ does: 'outcome', outcome: 'high' })
    expect(outcomeOf(action)).toBe('high')
  })

  test.each(standInTypes.map((each) => [each.type, each] as const))('of %s proves nothing', (_id, type) => {
    expect(type.proves).toBeUndefined()
    expect(type.standIn?.why).toMatch(/\.$/)
  })
})

describe('the hook of a stand-in', () => {
  test('gets the journey, the settings without secrets, and only the named keys of shared state', async () => {
    const config = {
      scoreThreshold: '300',
      apiKey: 'k',
      nested: { password: 'p', list: [{ clientSecret: 's', name: 'n' }] },
      signer: { kty: 'oct', k: 'a2V5' },
      password: '&{esv.password}',
      clientKeySecretLabelIdentifier: 'a',
      _type: { _id: protect },
      _outcomes: [],
    }
    const shared = { username: 'kim', phone: '+49' }
    const { action } = await run(toHook({ sends: ['username', 'secretOfRequest'] }), {
      config,
      shared,
      transient: { secretOfRequest: 'hidden' },
    })
    expect(outcomeOf(action)).toBe('low')
    expect(asked).toEqual([
      {
        realm: '/alpha',
        journey: 'Test',
        node: {
          type: protect,
          name: 'PingOne Protect Evaluation',
          settings: {
            scoreThreshold: '300',
            apiKey: null,
            nested: { password: null, list: [{ clientSecret: null, name: 'n' }] },
            signer: { kty: 'oct', k: null },
            password: '&{esv.password}',
            clientKeySecretLabelIdentifier: 'a',
          },
        },
        sharedState: { username: 'kim' },
      },
    ])
  })

  test('sets the keys of shared state that the administrator named', async () => {
    answer.body = '{"outcome":"medium","sharedState":{"score":12}}'
    const { action, state } = await run(toHook({ takes: ['score'] }))
    expect(outcomeOf(action)).toBe('medium')
    expect(state.shared).toEqual({ score: 12 })
  })

  test.each([
    ['a key that nobody named', 200, '{"outcome":"low","sharedState":{"username":"boss"}}'],
    ['another status', 500, '{"outcome":"low"}'],
    ['no outcome', 200, '{}'],
    ['unknown members', 200, '{"outcome":"low","success":true}'],
    ['something else than JSON', 200, 'low'],
    ['nothing in time', 0, ''],
  ])('ends the journey in failure with %s, and changes nothing', async (_what, status, body) => {
    answer = { status, body }
    const { action, state, log } = await run(toHook({ takes: ['score'] }), { shared: { username: 'kim' } })
    expect(failureOf(action)).toBe(`The hook of the stand-in for ${protect} gave no usable answer`)
    expect(state.shared).toEqual({ username: 'kim' })
    expect(log).toEqual([{ level: 'warn', message: 'the hook of a stand-in failed' }])
  })

  test.each([301, 302, 303, 307, 308])('ends the journey in failure with a redirect (%i)', async (status) => {
    let reached = 0
    const elsewhere = createServer((_request, response) => {
      reached++
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"outcome":"low"}')
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const { port } = elsewhere.address() as AddressInfo
    answer = { status, body: '{"outcome":"low"}', to: `http://127.0.0.1:${port}/risk` }
    const { action } = await run(toHook({ sends: ['username'] }), { shared: { username: 'kim' } })
    elsewhere.close()
    expect(failureOf(action)).toMatch(/no usable answer$/)
    expect(asked).toHaveLength(1)
    expect(reached).toBe(0)
  })

  test('reaches only addresses that the server allows', async () => {
    const { action } = await run(toHook({ url: 'http://127.0.0.2:9/risk' }))
    expect(failureOf(action)).toMatch(/no usable answer$/)
  })
})

describe('the outcomes of a stand-in', () => {
  const outcomes = (type: string, config: JsonObject) => {
    const found = nodeTypeNamed(type)
    if (found === undefined) throw new Error(`${type} is unknown`)
    return outcomesOf(found, found.config.parse(config), around).map(({ id }) => id)
  }

  test('are those of the table', () => {
    expect(outcomes('PingOneVerifyEvaluationNode', {})).toEqual([
      'successOutcome',
      'failureOutcome',
      'timeoutOutcome',
    ])
  })

  test.each([
    [
      protect,
      { recommendedActions: ['BOT_MITIGATION'] },
      ['high', 'medium', 'low', 'exceed', 'failure', 'clientError', 'BOT_MITIGATION'],
    ],
  ])('of %s depend on the settings %o', (type, config, expected) => {
    expect(outcomes(type, config)).toEqual(expected)
  })

  test('are those of the export, if it states them', () => {
    const _outcomes = [{ id: 'permit', displayName: 'Permit' }]
    expect(outcomes('PolicyDecisionNode', { _outcomes })).toEqual(['permit'])
    expect(outcomes('PolicyDecisionNode', { _outcomes: 'no list' })).toEqual([])
  })

  test('are those of the type and those that the journey connects, and never frozen ones', () => {
    const found = nodeTypeNamed('product-KerberosNode')
    if (found === undefined) throw new Error('unknown')
    const config = found.config.parse({ _outcomes: [{ id: 'old', displayName: 'Old' }] })
    const connected = ['true', 'later']
    expect(outcomesOf(found, config, { ...around, connected }).map(({ id }) => id)).toEqual([
      'true',
      'false',
      'later',
    ])
  })

  test('leave settings as they are, whatever their type', () => {
    const config = { timeout: '&{esv.time}', another: [1, { two: null }] }
    expect(nodeTypeNamed('PingOneVerifyEvaluationNode')?.config.parse(config)).toEqual(config)
  })
})
