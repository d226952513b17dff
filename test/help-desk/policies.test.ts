import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { alex, playPolicies, unlock } from '../support/policy-play.ts'

let play: Awaited<ReturnType<typeof playPolicies>>

beforeAll(async () => {
  play = await playPolicies()
})
afterAll(() => play.server.stop())
afterEach(() => play.policies())

const refusal = (problem: string) => ({ status: 401, body: { detail: { problem } } })
const conflict = (problem: string, more: object = {}) => ({
  status: 409,
  body: { detail: { problem, ...more } },
})

const twoFactors = { name: 'Accounts', actions: [unlock], needs: { level: 2 } }
const seconded = { name: 'Accounts', actions: [unlock], needs: { secondAgent: true } }
const everything = { name: 'Everything', needs: { level: 2 } }

describe('the opening of a check', () => {
  test('is refused if the caller’s journey can’t reach the level, with the policy as the reason', async () => {
    await play.policies(twoFactors)
    for (const journey of ['HelpDesk', 'VerifyWithCode']) {
      expect(await play.starts(journey)).toMatchObject({
        status: 401,
        body: {
          detail: {
            problem: 'tooWeak',
            explanation: 'This check reaches level 1, and level 2 is needed: Accounts.',
          },
        },
      })
    }
    expect((await play.starts('TwoAgents')).status).toBe(200)
  })

  test('needs the second agent of the policy', async () => {
    await play.policies(seconded)
    expect(await play.starts('VerifyWithCode')).toMatchObject(refusal('needsSecondAgent'))
  })

  test('is refused without an action only by policies for all actions', async () => {
    await play.policies(twoFactors)
    expect((await play.starts('HelpDesk', '')).status).toBe(200)
    await play.policies(everything)
    expect(await play.starts('HelpDesk', '')).toMatchObject(refusal('tooWeak'))
  })

  test('can’t avoid a policy by another spelling of the action', async () => {
    await play.policies({ ...twoFactors, actions: ['unlock THE account'] })
    expect(await play.starts('HelpDesk')).toMatchObject(refusal('tooWeak'))
    expect(await play.starts('HelpDesk', ' Unlock  the account')).toMatchObject(refusal('tooWeak'))
    for (const action of ['unlock the account', 'ＵNLOCK THE ACCOUNT']) {
      expect(await play.starts('HelpDesk', action)).toMatchObject(refusal('unknownAction'))
    }
  })

  test('can’t avoid a policy by a journey that the realm doesn’t offer', async () => {
    await play.policies(twoFactors)
    expect(await play.starts('Unlisted')).toMatchObject(refusal('notOffered'))
  })

  test('depends on roles, groups and attributes of the person', async () => {
    const people = { groups: ['Executives'] }
    await play.policies({ ...everything, people })
    expect((await play.starts('HelpDesk')).status).toBe(200)
    await play.person(alex, { memberOf: ['CN=Executives,OU=Groups,DC=example'] })
    expect(await play.starts('HelpDesk')).toMatchObject(refusal('tooWeak'))
    await play.person(alex, { memberOf: null })
    expect((await play.starts('HelpDesk')).status).toBe(200)
  })

  test('of strong actions stays possible with one factor, as before policies', async () => {
    expect((await play.starts('HelpDesk', 'Reset the password')).status).toBe(200)
  })
})

/** The grant of a check in the agent's list, which its record must repeat. */
async function listed(reference: string) {
  const { body } = await play.ask('/realms/root/realms/alpha/help-desk/verifications?scope=own', {
    as: play.agent,
  })
  const row = body.result.find((each: { reference: string }) => each.reference === reference)
  const record = await play.read(reference)
  expect(record.grant).toEqual(row.grant)
  expect(row.grant.state).toBe(record.verification.grant.state)
  return row.grant
}

describe('a result', () => {
  test.each([
    ['a level', twoFactors, 'weak'],
    ['a second agent', seconded, 'needsSecondAgent'],
  ])('can’t be used if the realm now needs %s', async (_what, policy, problem) => {
    const { reference } = await play.completed()
    expect((await play.read(reference)).verification.grant.state).toBe('ready')
    await play.policies(policy)
    expect((await play.read(reference)).verification).toMatchObject({
      needs: { because: ['Accounts'] },
      grant: { state: problem },
    })
    expect(await play.act(reference, 'use')).toMatchObject(conflict(problem))
    expect(await play.act(reference, 'grant')).toMatchObject(conflict(problem))
  })

  test('says in lists, too, whether it can be used', async () => {
    const unused = { usableAt: null, usedAt: null, until: null }
    const { reference } = await play.completed()
    expect(await listed(reference)).toEqual({ ...unused, state: 'ready' })
    await play.policies(twoFactors)
    expect(await listed(reference)).toEqual({ ...unused, state: 'weak' })
    await play.policies()
    await play.act(reference, 'use')
    expect(await listed(reference)).toEqual({ ...unused, state: 'used', usedAt: expect.any(Number) })
    await play.starts('HelpDesk')
    const open = await play.ask('/realms/root/realms/alpha/help-desk/verifications?state=open', {
      as: play.agent,
    })
    expect(open.body.result[0].grant).toBeNull()
  })

  test('keeps what its opening needed if the realm or the person changes', async () => {
    await play.policies({ name: 'Slow', people: { groups: ['Executives'] }, needs: { delayMinutes: 5 } })
    await play.person(alex, { memberOf: ['Executives'] })
    const { reference } = await play.completed()
    await play.person(alex, { memberOf: null })
    expect(await play.act(reference, 'use')).toMatchObject(conflict('waiting'))
    await play.policies()
    expect(await play.act(reference, 'use')).toMatchObject(conflict('waiting'))
  })

  test('is under every policy once the person is deleted', async () => {
    await play.policies({ ...everything, people: { groups: ['Executives'] } })
    const body = { userName: 'leaver', givenName: 'L', sn: 'Eaver', mail: 'leaver@example.com' }
    const people = '/openidm/managed/alpha_user'
    const { body: made } = await play.ask(`${people}?_action=create`, { method: 'POST', body })
    const page = await play.starts('HelpDesk', unlock, 'leaver@example.com')
    expect(page.status).toBe(200)
    await play.ask(`${people}/${made._id}`, { method: 'DELETE' })
    const { body: list } = await play.ask('/realms/root/realms/alpha/help-desk/verifications', {
      as: play.agent,
    })
    const { reference } = list.result.find(({ subjectId }: { subjectId: string }) => subjectId === made._id)
    expect((await play.read(reference)).verification.needs).toMatchObject({
      level: 2,
      because: ['Everything', expect.any(String)],
    })
  })
})

describe('a delayed result', () => {
  const slow = { name: 'Slow', actions: [unlock], needs: { delayMinutes: 15 } }

  test('can be used after its delay, and then for ten minutes', async () => {
    await play.policies(slow)
    const { reference } = await play.completed()
    const { endedAt, verification } = await play.read(reference)
    const usableAt = endedAt + 15 * 60_000
    expect(verification.grant).toEqual({ state: 'waiting', usableAt, expiresAt: usableAt + 600_000 })
    for (const action of ['use', 'grant']) {
      expect(await play.act(reference, action)).toMatchObject(conflict('waiting', { usableAt }))
    }
    play.pass(16)
    expect((await play.act(reference, 'grant')).body.expiresAt).toBe(usableAt + 600_000)
    const used = await Promise.all([1, 2, 3].map(() => play.act(reference, 'use')))
    expect(used.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
  })

  test('is over ten minutes after its delay', async () => {
    await play.policies(slow)
    const { reference } = await play.completed()
    expect(await listed(reference)).toMatchObject({ state: 'waiting', usableAt: expect.any(Number) })
    play.pass(26)
    expect(await listed(reference)).toMatchObject({ state: 'over', usedAt: null })
    expect(await play.act(reference, 'use')).toMatchObject(conflict('over'))
    await play.policies({ ...slow, needs: { delayMinutes: 20 } })
    expect(await play.act(reference, 'use')).toMatchObject(conflict('over'))
    expect(await play.act(reference, 'withdraw')).toMatchObject(conflict('over'))
  })

  test('waits longer if the realm needs a longer delay meanwhile', async () => {
    await play.policies(slow)
    const { reference } = await play.completed()
    await play.policies({ ...slow, needs: { delayMinutes: 20 } })
    play.pass(16)
    expect(await play.act(reference, 'use')).toMatchObject(conflict('waiting'))
    play.pass(5)
    expect((await play.act(reference, 'use')).status).toBe(200)
  })

  test('is for an action that the realm lists', async () => {
    expect(await play.policies({ ...slow, actions: ['Unlok'] })).toMatchObject({
      status: 400,
      body: { detail: { 'policies.0.actions.0': 'must be one of the actions' } },
    })
  })

  test('is withdrawn once, by its agent, after the transaction has expired, and says by whom', async () => {
    await play.policies(slow)
    const { reference } = await play.completed()
    play.pass(10)
    const [first, second] = [await play.act(reference, 'withdraw'), await play.act(reference, 'withdraw')]
    expect(first).toMatchObject({
      status: 200,
      body: { reference, grant: { state: 'withdrawn', withdrawnAt: expect.any(Number) } },
    })
    expect(second).toMatchObject(conflict('withdrawn'))
    const check = await play.read(reference)
    expect(check.verification.grant).toMatchObject({ state: 'withdrawn', withdrawnBy: 'Dana Desk' })
    expect(check.timeline.at(-1)).toMatchObject({ kind: 'withdrawn', agent: 'Dana Desk' })
    expect(check).toMatchObject({ state: 'COMPLETED', result: 'APPROVED', ending: 'approved' })
    play.pass(6)
    expect(await play.act(reference, 'use')).toMatchObject(conflict('withdrawn'))
  })

  test('is withdrawn by a lead, and not by another agent', async () => {
    await play.policies(slow)
    const { reference } = await play.completed()
    const noor = await play.signIn('noor', 'Noor-Pass-2026')
    expect((await play.act(reference, 'withdraw', noor)).status).toBe(404)
    expect((await play.act(reference, 'withdraw', await play.lead())).status).toBe(200)
    expect((await play.read(reference)).timeline.at(-1)).toMatchObject({ kind: 'withdrawn' })
  })

  test('dies with "this is not me"', async () => {
    await play.policies(slow)
    const { id, reference } = await play.completed()
    expect((await play.reject(id)).status).toBe(200)
    play.pass(16)
    expect(await play.act(reference, 'use')).toMatchObject(conflict('withdrawn'))
    expect(await play.act(reference, 'withdraw')).toMatchObject(conflict('withdrawn'))
    await play.ask(`/realms/root/realms/alpha/help-desk/people/${alex}?_action=liftPause`, {
      method: 'POST',
      body: { reason: 'called back' },
    })
  })
})

describe('the requirements of an action', () => {
  const read = (id: string, action: string, as = play.agent) =>
    play.ask(
      `/realms/root/realms/alpha/help-desk/people/${id}/requirements?${new URLSearchParams({ action })}`,
      {
        as,
      },
    )
  const lackOf = (body: { checks: { journey: string }[] }, journey: string) =>
    body.checks.find((check) => check.journey === journey)

  test('say which checks suffice, which the server refuses, and why', async () => {
    await play.policies({ ...twoFactors, needs: { level: 2, secondAgent: true, delayMinutes: 5 } })
    const { status, body } = await read(alex, unlock)
    expect(status).toBe(200)
    expect(body.needs).toEqual({ level: 2, secondAgent: true, delayMinutes: 5, because: ['Accounts'] })
    expect(lackOf(body, 'HelpDesk')).toMatchObject({
      lacks: ['tooWeak', 'needsSecondAgent', 'noCode'],
      isRefused: true,
    })
    // Alex has no second factor.
    expect(lackOf(body, 'TwoAgents')).toMatchObject({ lacks: ['noFactor'], isRefused: false })
  })

  test('of strong actions don’t refuse checks whose result can’t be used', async () => {
    const { body } = await read(alex, 'Reset the password')
    expect(body.needs).toMatchObject({ level: 2, because: ['Actions that need two factors'] })
    expect(lackOf(body, 'HelpDesk')).toMatchObject({ lacks: ['tooWeak', 'noCode'], isRefused: false })
  })

  test('are for known people, actions of the realm, and agents', async () => {
    expect((await read('nobody', unlock)).status).toBe(404)
    expect((await read(alex, 'Pay a bonus')).status).toBe(400)
    expect((await read(alex, unlock, await play.signIn('alex', 'Alex-Pass-2026'))).status).toBe(403)
    expect((await read(alex, '')).body.needs).toMatchObject({ level: 0 })
  })
})
