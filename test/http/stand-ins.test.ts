import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newSession } from '../../src/sessions/sessions.ts'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const settings = `${alpha}/realm-config/settings`
const nodes = `${alpha}/realm-config/authentication/authenticationtrees/nodes`
const kerberos = 'product-KerberosNode'
const always = (type: string, outcome: string) => ({ type, does: 'outcome', outcome })

/** Settings with a variable that exists, one that doesn't, and secrets. */
const placed = {
  principalName: '&{esv.principal}',
  keytabFileName: '&{esv.nobody.has.it}',
  clientSecret: 'stored-secret',
  hosts: [{ name: 'kdc', password: 'nested-secret' }],
}

let server: TestServer
/** The web service of a stand-in. */
let hook: Server
let hookUrl: string
const asked: string[] = []
let ask: Ask
/** Eleven minutes old, but in constant use. */
let stale: string
let author: string

beforeAll(async () => {
  server = await startPrepared(
    async (stores) => {
      await saveRealm(stores, '/alpha')
      const level = 'SidegateVerificationLevelDecisionNode'
      const checks = (type: string, outcome: string) => ({
        name: { type: 'UsernameCollectorNode', to: { outcome: 'stand-in' } },
        'stand-in': { type, to: { [outcome]: 'level', false: 'failure' } },
        level: { type: level, config: { level: 1 }, to: { true: 'success', false: 'failure' } },
      })
      await saveJourney(stores, 'Level', checks(kerberos, 'true'))
      await saveJourney(stores, 'Plain', {
        name: { type: 'UsernameCollectorNode', to: { outcome: 'stand-in' } },
        'stand-in': { type: kerberos, to: { true: 'success', false: 'failure' } },
      })
      await saveJourney(stores, 'Later', {
        name: { type: 'UsernameCollectorNode', to: { outcome: 'stand-in' } },
        'stand-in': { type: kerberos, to: { later: 'success', false: 'failure' } },
      })
      await saveJourney(stores, 'Placed', {
        name: { type: 'UsernameCollectorNode', to: { outcome: 'stand-in' } },
        'stand-in': { type: kerberos, config: placed, to: { true: 'success', false: 'failure' } },
      })
      await saveJourney(stores, 'Undeclared', {
        risk: { type: 'product-PingOneProtectResultNode', to: { outcome: 'success' } },
      })
      const session = newSession(
        {
          realm: '/',
          identity: { id: 'amadmin', userName: 'amadmin' },
          journey: 'Login',
          authLevel: 0,
          properties: { amr: 'pwd' },
          maxIdleMinutes: 30,
          maxSessionMinutes: 120,
        },
        Date.now() - 11 * 60_000,
      )
      await stores.sessions.create({ ...session.session, lastUsedAt: Date.now() })
      stale = session.token
    },
    { httpAllow: ['127.0.0.1'] },
  )
  hook = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push(body)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"outcome":"true"}')
  })
  await once(hook.listen(0, '127.0.0.1'), 'listening')
  hookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  const person = { _id: 'author', userName: 'author', givenName: 'A', sn: 'B', mail: 'author@example.com' }
  await ask('/openidm/managed/alpha_user?_action=create', {
    method: 'POST',
    body: { ...person, password: 'Author-Pass-2026' },
  })
  await ask('/openidm/managed/alpha_user/author?_action=setRoles', {
    method: 'POST',
    body: { roles: ['journey-author'] },
  })
  author = await signIn(server.url, 'author', 'Author-Pass-2026')
})
afterAll(async () => {
  hook.close()
  await server.stop()
})

const declare = (standIns: object[], as?: string) =>
  ask(settings, { method: 'PUT', body: { standIns }, ...(as === undefined ? {} : { as }) })
const run = async (journey: string) =>
  answerStep(server.url, await startJourney(server.url, journey), ['author'])

describe('a declaration', () => {
  test('needs a recent sign-in, also by restoring earlier settings', async () => {
    const refused = await declare([always(kerberos, 'true')], stale)
    expect(refused).toMatchObject({ status: 403, body: { detail: { freshSignIn: { maxAgeSeconds: 600 } } } })
    expect((await declare([always(kerberos, 'false')])).status).toBe(200)
    expect((await declare([])).status).toBe(200)
    const [, declared] = (await ask(`${alpha}/versions/realmSettings/settings`)).body.result
    const restore = `${alpha}/versions/realmSettings/settings/${declared.number}?_action=restore`
    expect((await ask(restore, { method: 'POST', body: {}, as: stale })).status).toBe(403)
    expect((await ask(settings)).body.standIns).toEqual([])
    expect((await ask(`${restore}&dryRun=true`, { method: 'POST', body: {}, as: stale })).status).toBe(200)
  })

  test('can be removed without a recent sign-in, because that can only make journeys fail', async () => {
    await declare([always(kerberos, 'false')])
    expect((await declare([], stale)).status).toBe(200)
  })

  test('is none of the rights of a journey author', async () => {
    expect((await declare([always(kerberos, 'true')], author)).status).toBe(403)
  })

  test.each([
    [[always('UsernameCollectorNode', 'outcome')], 'standIns.0.type'],
    [[always('NoSuchNode', 'outcome')], 'standIns.0.type'],
    [[always(kerberos, 'true'), always(kerberos, 'false')], 'standIns.1.type'],
    [[always(kerberos, '')], 'standIns.0.outcome'],
    [[{ type: kerberos, does: 'hook', url: 'http://risk.example.com' }], 'standIns.0.url'],
    [[{ type: kerberos, does: 'hook', url: 'https://me:pw@risk.example.com' }], 'standIns.0.url'],
    [
      [{ type: kerberos, does: 'hook', url: 'https://a.example.com', sends: ['password'] }],
      'standIns.0.sends.0',
    ],
    [[{ type: kerberos, does: 'script' }], 'standIns.0.does'],
  ])('%o is refused with the name of the member', async (standIns, member) => {
    const { status, body } = await declare(standIns)
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain(member)
  })

  test('is in the audit trail', async () => {
    await declare([always(kerberos, 'false')])
    const [entry] = await audited(ask, 'event=AM-CONFIG-CHANGE')
    expect(entry).toMatchObject({ what: { kind: 'realmSettings', operation: 'UPDATE' } })
  })
})

describe('a journey with a stand-in', () => {
  test('ends in failure without a declaration, and the log names the type and where to declare it', async () => {
    const { status } = await startJourney(server.url, 'Undeclared')
    expect(status).toBe(401)
    expect(JSON.stringify(logLines(server))).toContain(
      'product-PingOneProtectResultNode has no stand-in in this realm: declare one in the realm’s settings',
    )
  })

  test('ends in failure with an outcome that the node does not have', async () => {
    await declare([always(kerberos, 'TRUE')])
    expect((await run('Plain')).status).toBe(401)
  })

  test('never reaches a verification level', async () => {
    await declare([always(kerberos, 'true')])
    expect((await run('Level')).status).toBe(401)
    const [{ _id: id }] = (await ask(`${alpha}/journey-sessions?journey=Level`)).body.result
    const { body } = await ask(`${alpha}/journey-sessions/${id}`)
    const outcomes = body.trace.map(({ outcome }: { outcome: string }) => outcome)
    expect(outcomes.slice(-2)).toEqual(['true', 'false'])
  })

  test('is marked in the trace and in the audit trail', async () => {
    await declare([always(kerberos, 'true')])
    expect((await run('Plain')).status).toBe(200)
    const [{ _id: id }] = (await ask(`${alpha}/journey-sessions?journey=Plain`)).body.result
    const { body } = await ask(`${alpha}/journey-sessions/${id}`)
    expect(body.trace.at(-1)).toMatchObject({ nodeType: kerberos, standIns: [kerberos] })
    expect(body.steps.at(-1)).toMatchObject({ nodeType: kerberos, standIns: [kerberos] })
    expect(body.trace.at(0)).not.toHaveProperty('standIns')
    const [entry] = await audited(ask, 'event=AM-TREE-LOGIN-COMPLETED&journey=Plain')
    expect(entry).toMatchObject({ result: 'SUCCESSFUL', standIns: [kerberos] })
  })
})

describe('the settings of a stand-in', () => {
  test('are not resolved: a missing variable is no problem, and a web service gets no value', async () => {
    const variable = { valueBase64: Buffer.from('value-of-variable').toString('base64') }
    expect(
      (await ask('/environment/variables/esv-principal', { method: 'PUT', body: variable })).status,
    ).toBe(200)
    await declare([always(kerberos, 'true')])
    expect((await run('Placed')).status).toBe(200)
    await declare([{ type: kerberos, does: 'hook', url: hookUrl }])
    expect((await run('Placed')).status).toBe(200)
    const [sent = ''] = asked
    expect(JSON.parse(sent).node.settings).toEqual({
      ...placed,
      clientSecret: null,
      hosts: [{ name: 'kdc', password: null }],
    })
  })

  test('are stored without secrets, also those that an older version stored', async () => {
    const stored = (await ask(`${nodes}/${kerberos}/Placed-stand-in`)).body
    expect(stored).toMatchObject({ ...placed, clientSecret: null, hosts: [{ name: 'kdc', password: null }] })
    const body = {
      steps: [{ deep: { apiKey: 'nested-secret', note: 'kept' } }],
      clientSecret: 'stored-secret',
    }
    const saved = (await ask(`${nodes}/${kerberos}/kerberos-1`, { method: 'PUT', body })).body
    expect(saved).toMatchObject({ steps: [{ deep: { apiKey: null, note: 'kept' } }], clientSecret: null })
  })
})

describe('a node of a type with a stand-in', () => {
  const type = 'PingOneVerifyEvaluationNode'

  test('is saved and given back with all its settings and outcomes', async () => {
    const body = { timeout: 5000, captureFailure: true, ofANewerVersion: { any: ['thing'] } }
    const saved = await ask(`${nodes}/${type}/verify-1`, { method: 'PUT', body })
    expect(saved.status).toBe(201)
    const read = (await ask(`${nodes}/${type}/verify-1`)).body
    expect(read).toMatchObject({ ...body, _type: { _id: type, name: 'PingOne Verify Evaluation' } })
    expect(read._outcomes.map(({ id }: { id: string }) => id)).toEqual([
      'successOutcome',
      'failureOutcome',
      'timeoutOutcome',
    ])
  })

  test('keeps the outcomes that another server stated', async () => {
    const _outcomes = [{ id: 'permit', displayName: 'Permit' }]
    await ask(`${nodes}/PolicyDecisionNode/policy-1`, { method: 'PUT', body: { _outcomes } })
    expect((await ask(`${nodes}/PolicyDecisionNode/policy-1`)).body._outcomes).toEqual(_outcomes)
  })

  test('keeps its outcomes and what an import said after it was read and written back', async () => {
    const at = `${nodes}/${type}/push-2`
    const _type = { _id: type, name: 'Push of the tenant', collection: true }
    const made = { captureFailure: false, _type }
    await ask(at, { method: 'PUT', body: made })
    const { body } = await ask(at)
    await ask(at, {
      method: 'PUT',
      body: { ...body, captureFailure: true, _type: { ..._type, name: 'Other' } },
    })
    const read = (await ask(at)).body
    expect(read._outcomes).toEqual(body._outcomes)
    expect(read._type.name).toBe('Push of the tenant')
    const stated = { _outcomes: [{ id: 'permit', displayName: 'Permit' }] }
    const listed = await ask(`${nodes}/PolicyDecisionNode?_action=listOutcomes`, {
      method: 'POST',
      body: stated,
    })
    expect(listed.body).toEqual(stated._outcomes)
  })

  test('has the outcomes that its journey connects, also at run time', async () => {
    await declare([always(kerberos, 'later')])
    expect((await run('Later')).status).toBe(200)
    const { body } = await ask(`${nodes}/${kerberos}/Later-stand-in`)
    expect(body._outcomes.map(({ id }: { id: string }) => id)).toEqual(['true', 'false', 'later'])
  })

  test('is described to the editor with the reason, and is not offered', async () => {
    const { body } = await ask(`${alpha}/node-types`)
    const found = body.result.find((each: { type: string }) => each.type === kerberos)
    expect(found).toMatchObject({
      isSupported: true,
      isNewest: false,
      standIn: 'It needs a key distribution centre and its key table.',
    })
  })
})
