import { answerStep, startJourney } from '../../../test/support/wire.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { action, beginCheck, passCheck, readCheck, send, victim } from '../checks.ts'
import { createRogue, type Rogue } from '../staff.ts'

/** An agent tries to reach the checks of a colleague, and to check their own account. */
export const rogueAgent: Attack = {
  name: 'rogue-agent',
  defence: "H16: an agent's list shows the checks of colleagues",
  goal: "the codes, the link or the result of a colleague's check, or a check of their own account",
  async play(scene) {
    const rogue = await createRogue(scene, 'rogue', ['agent'])
    await readsAndEnds(scene, rogue)
    await usesResult(scene, rogue)
    const { status } = await startsCheckOf(scene, rogue, 'rogue@example.com')
    mustHold(status !== 200, 'an agent could check their own account')
    return "no access to a colleague's check (list, codes, feed, email, cancel, use), and no check of one's own account"
  },
}

async function readsAndEnds(scene: Scene, { session }: Rogue): Promise<void> {
  const { id, code, reference } = await beginCheck(scene)
  const lists = ['', '?state=open', `?text=${reference}`, '?_queryFilter=true', '?journey=VerifyWithCode']
  for (const query of lists) {
    const { body } = await send(scene, `help-desk/verifications${query}`, { session })
    mustHold(!JSON.stringify(body).includes(reference), `the list ${query} shows a colleague's check`)
  }
  const reads = [
    `help-desk/verifications/${reference}`,
    `backchannel-transactions/${reference}`,
    'backchannel-transactions',
    `authenticate/backchannel/events?reference=${reference}`,
    `authenticate/backchannel/events?transaction=${id}`,
  ]
  for (const path of reads) {
    const { status, body } = await send(scene, path, { session })
    mustHold(status >= 400 && !JSON.stringify(body).includes(code), `${path} was answered: ${status}`)
  }
  const writes = [
    ['authenticate/backchannel/send', { reference }],
    ['authenticate/backchannel/cancel', { reference }],
    ['authenticate/backchannel/cancel', { transaction: id }],
    [`backchannel-transactions/${reference}?_action=cancel`, {}],
    ['authenticate/backchannel/describe', { transaction: reference }],
    ['authenticate/backchannel/reject', { transaction: reference }],
    [`help-desk/people/${victim.id}?_action=liftPause`, { reason: 'called back' }],
  ] as const
  for (const [path, body] of writes) {
    const { status } = await send(scene, path, { session, body })
    mustHold(status >= 400, `${path} was answered: ${status}`)
  }
  const { state, result } = await readCheck(scene, reference)
  mustHold(state === 'CREATED' && result === 'UNKNOWN', 'the check changed')
}

async function usesResult(scene: Scene, { session }: Rogue): Promise<void> {
  const { reference } = await passCheck(scene)
  for (const name of ['use', 'grant']) {
    const path = `help-desk/verifications/${reference}?_action=${name}`
    const { status } = await send(scene, path, { session, body: {} })
    mustHold(status >= 400, `${name} of a colleague's result: ${status}`)
  }
  const made = await send(scene, `help-desk/verifications/${reference}?_action=grant`, {
    session: scene.agent,
    body: {},
  })
  const consumed = await send(scene, 'verification/grants?_action=consume', {
    session,
    body: { grant: String(made.body.grant), action, subject: victim.userName },
  })
  mustHold(made.status === 200 && consumed.status >= 400, "a colleague's grant was consumed")
  const { verification } = await readCheck(scene, reference)
  mustHold(verification.grant.state === 'ready', 'the result changed')
}

async function startsCheckOf({ url }: Scene, { session }: Rogue, mail: string) {
  const headers = { iplanetdirectorypro: session }
  const start = await startJourney(url, 'VerifyWithCode', { query: '&ForceAuth=true', headers })
  return answerStep(url, start, [mail], { headers })
}
