import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Stores } from '../../src/store/stores.ts'
import { backchannel } from '../support/backchannel-client.ts'
import { deskOpens, linkOf } from '../support/help-desk-play.ts'
import { alex, playPolicies } from '../support/policy-play.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { requestOf } from '../support/second-agent.ts'
import { answerStep, startJourney, type WireAnswer } from '../support/wire.ts'

let play: Awaited<ReturnType<typeof playPolicies>>
let mira: string

const action = 'Reset the password'
const deskSettings = '/realms/root/realms/alpha/realm-config/help-desk'
const managerRung = 5
const executives = { name: 'Executives', people: { groups: ['Executives'] }, needs: { secondAgent: true } }

beforeAll(async () => {
  play = await playPolicies(saveRenames)
  const { body } = await play.ask('/openidm/managed/alpha_user?_queryFilter=userName+eq+%22mira%22')
  mira = body.result[0]._id
  const { body: desk } = await play.ask(deskSettings)
  await play.settings({
    mailQuietHours: 0,
    strongActions: [],
    checks: [...desk.checks, { journey: 'Renames' }],
  })
})
afterAll(() => play.server.stop())
afterEach(async () => {
  await play.policies()
  for (const person of [alex, mira]) await play.person(person, { memberOf: null })
})

/** A front journey that names another person than the one whose id it gives. */
async function saveRenames(stores: Stores) {
  const source = `
    nodeState.putShared('username', 'mira')
    nodeState.putShared('about', { action: '${action}', vouchFor: 'Carla Chief', vouchForId: '${alex}' })
    action.goTo('next')
  `
  await saveJourney(stores, 'Renames', {
    names: await scripted(stores, 'names', source, { next: 'open' }),
    open: {
      type: 'BackChannelInitNode',
      config: { tree: 'ProveWithCode', idType: 'USER', usernameKey: 'username', dataKey: 'about' },
      to: { created: 'success', unknown: 'failure', error: 'failure' },
    },
  })
}

/** A front journey without a second agent asks Alex's manager to vouch. */
const vouchesAlone = () =>
  startJourney(play.url, 'Renames', {
    query: '&ForceAuth=true',
    headers: { iplanetdirectorypro: play.agent },
  })

/** The agent says that the caller can only name a manager. */
async function asksManager(): Promise<WireAnswer> {
  const headers = { iplanetdirectorypro: play.agent }
  return answerStep(play.url, await play.starts('FallbackLadder', action), [managerRung], { headers })
}

describe('a check that asks a manager to vouch', () => {
  test('opens if no policy is about the manager or the caller', async () => {
    await play.policies(executives)
    const { reference } = await linkOf(play.url, await asksManager())
    expect(await play.read(reference)).toMatchObject({ subject: 'Mira Marlow' })
  })

  test.each([
    ['caller', () => alex],
    ['manager', () => mira],
  ])('needs what the policy of the %s needs', async (_who, person) => {
    await play.policies(executives)
    await play.person(person(), { memberOf: 'Executives' })
    expect(await vouchesAlone()).toMatchObject({
      status: 401,
      body: { detail: { problem: 'needsSecondAgent' } },
    })
    expect(requestOf(await asksManager())).not.toBe('')
  })

  test('has a result that needs what a new policy about the caller needs', async () => {
    const { reference } = await linkOf(play.url, await asksManager())
    await play.policies(executives)
    expect((await play.read(reference)).verification.needs.secondAgent).toBe(false)
    await play.person(alex, { memberOf: 'Executives' })
    expect((await play.read(reference)).verification.needs.secondAgent).toBe(true)
  })

  test('is refused in the pause of the caller', async () => {
    const { id } = await deskOpens(play.url, play.agent, { journey: 'VerifyWithCode' })
    await backchannel(play.url, 'reject', { transaction: id, reason: 'notMe' })
    expect(await asksManager()).toMatchObject({ status: 401, body: { detail: { problem: 'paused' } } })
    await play.ask(`/realms/root/realms/alpha/help-desk/people/${alex}?_action=liftPause`, {
      method: 'POST',
      body: { reason: 'called back' },
    })
  })

  test('names the person whom the policies are about, whatever the journey says', async () => {
    expect((await vouchesAlone()).status).toBe(200)
    const { body: list } = await play.ask('/realms/root/realms/alpha/help-desk/verifications', {
      as: play.agent,
    })
    const [newest] = list.result
    expect(newest).toMatchObject({ subject: 'Mira Marlow', check: 'Renames' })
    expect(JSON.stringify(newest)).not.toContain('Carla Chief')
    expect(JSON.stringify(newest)).toContain('Alex Caller')
  })
})
