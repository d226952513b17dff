import { newSession } from '../../../src/sessions/sessions.ts'
import { saveJourney, scripted } from '../../../test/support/prepared-folder.ts'
import { requestOf } from '../../../test/support/second-agent.ts'
import { answerStep, signIn, startJourney, type WireAnswer } from '../../../test/support/wire.ts'
import { type Attack, mustHold, type Scene } from '../attack.ts'
import { send } from '../checks.ts'

const noor = { id: 'c0e4a5f2-3b71-4f5e-8a6d-2f9b7d104c38', name: 'noor', password: 'Noor-Pass-2026' }
const mira = { id: '5d2b7c1e-6a0f-4f0c-9d43-8e1f0c6b2a71', mail: 'mira@example.com' }
const action = 'Unlock the account'

/** A session of the colleague, stolen at an unattended desk. */
let stolen = ''

/** An agent and a journey author want a check of a privileged account without a colleague who knows of it. */
export const loneApprover: Attack = {
  name: 'lone approver',
  defence: 'H25: an approval counts for another caller, or an approval counts in another journey session',
  goal: 'a check of a privileged account that no second agent approved',
  async prepare(stores) {
    const { session, token } = newSession(
      {
        realm: '/alpha',
        identity: { id: noor.id, userName: noor.name },
        journey: 'Login',
        authLevel: 0,
        properties: { amr: 'pwd' },
        maxIdleMinutes: 30,
        maxSessionMinutes: 120,
      },
      Date.now() - 60 * 60_000,
    )
    await stores.sessions.create({ ...session, lastUsedAt: Date.now() })
    stolen = token
    await saveJourney(stores, 'Swapped', await swapping(stores))
  },
  async play(scene) {
    await offers(scene)
    await setRoles(scene, mira.id, ['auditor'])
    await approvesAlone(scene)
    await approvesForAnother(scene)
    await isDismissed(scene)
    return 'no approval by the first agent, a stolen desk or the caller, for another caller or action, twice, or by a dismissed agent'
  },
}

/** Waits for an approval, then a script replaces caller and action. Opens the check twice. */
async function swapping(stores: Parameters<typeof scripted>[0]) {
  const opens = (created: string) => ({
    type: 'BackChannelInitNode',
    config: { tree: 'VerifyCaller', idType: 'USER', usernameKey: 'username', dataKey: 'data' },
    to: { created, unknown: 'failure', error: 'failure' },
  })
  const swap = `
    var header = requestHeaders.get("x-swap");
    var swapped = header === null || header.size() === 0 ? "" : String(header.get(0));
    if (swapped === "caller") nodeState.putShared("username", "noor");
    nodeState.putShared("data", { action: swapped === "action" ? "Reset the password" : "${action}" });
    nodeState.putShared("secondAgent", "${noor.id}");
    action.goTo(swapped === "twice" ? "twice" : "once");`
  return {
    mail: {
      type: 'AttributeCollectorNode',
      config: { attributesToCollect: ['mail'] },
      to: { outcome: 'find' },
    },
    find: {
      type: 'IdentifyExistingUserNode',
      config: { identifier: 'userName', identityAttribute: 'mail' },
      to: { true: 'ask', false: 'failure' },
    },
    ask: {
      type: 'SidegateSecondAgentNode',
      config: {},
      to: {
        approved: 'swap',
        declined: 'failure',
        expired: 'failure',
        unavailable: 'failure',
        exited: 'failure',
      },
    },
    swap: await scripted(stores, 'swap', swap, { once: 'open', twice: 'first' }),
    first: opens('open'),
    open: opens('wait'),
    wait: { type: 'PollingWaitNode', config: { secondsToWait: 60 }, to: { DONE: 'success' } },
  }
}

async function offers(scene: Scene): Promise<void> {
  const { status } = await send(scene, 'realm-config/help-desk', {
    method: 'PUT',
    session: scene.administrator,
    body: { checks: [{ journey: 'Swapped' }], actions: [action, 'Reset the password'] },
  })
  if (status !== 200) throw new Error(`the journey was not offered: ${status}`)
}

async function asks({ url, agent }: Scene, swap: string, mail = mira.mail): Promise<WireAnswer> {
  const headers = { iplanetdirectorypro: agent, 'x-swap': swap }
  const query = `&ForceAuth=true&${new URLSearchParams({ action })}`
  const page = await answerStep(url, await startJourney(url, 'Swapped', { query, headers }), [mail], {
    headers,
  })
  if (page.status !== 200) throw new Error(`the journey does not ask: ${page.status}`)
  return page
}

const goesOn = ({ url, agent }: Scene, page: WireAnswer, swap: string) =>
  answerStep(url, page, [100], { headers: { iplanetdirectorypro: agent, 'x-swap': swap } })

const approves = async (scene: Scene, page: WireAnswer, session: string) =>
  (await send(scene, `help-desk/approvals/${requestOf(page)}?_action=approve`, { session, body: {} })).status

async function approvesAlone(scene: Scene): Promise<void> {
  const page = await asks(scene, '')
  const own = await signIn(scene.url, 'dana', 'Dana-Pass-2026')
  for (const session of [scene.agent, own]) {
    mustHold((await approves(scene, page, session)) === 403, 'an agent approved their own check')
  }
  mustHold(
    (await approves(scene, page, scene.administrator)) === 403,
    'an administrator of another realm approved',
  )
  mustHold((await approves(scene, page, stolen)) === 403, 'a stolen desk approved without a fresh sign-in')
  const about = await asks(scene, '', 'noor@example.com')
  const caller = await signIn(scene.url, noor.name, noor.password)
  mustHold((await approves(scene, about, caller)) === 403, 'an agent approved a check of themselves')
}

async function approvesForAnother(scene: Scene): Promise<void> {
  const session = await signIn(scene.url, noor.name, noor.password)
  for (const swap of ['caller', 'action', 'twice']) {
    const page = await asks(scene, swap)
    if ((await approves(scene, page, session)) !== 200) throw new Error('the colleague could not approve')
    const { status } = await goesOn(scene, page, swap)
    mustHold(status !== 200, `an approval opened a check with ${swap}`)
  }
}

async function isDismissed(scene: Scene): Promise<void> {
  const page = await asks(scene, '')
  const session = await signIn(scene.url, noor.name, noor.password)
  if ((await approves(scene, page, session)) !== 200) throw new Error('the colleague could not approve')
  await setRoles(scene, noor.id, [])
  mustHold((await goesOn(scene, page, '')).status !== 200, 'the approval of a dismissed agent counts')
}

async function setRoles(scene: Scene, id: string, roles: string[]): Promise<void> {
  const base = scene.url.replace(/\/am$/, '/openidm/managed/alpha_user')
  const { status } = await fetch(`${base}/${id}?_action=setRoles`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', iplanetdirectorypro: scene.administrator },
    body: JSON.stringify({ roles }),
  })
  if (status !== 200) throw new Error(`the roles were not set: ${status}`)
}
