import { saveJourney, scripted } from '../../../test/support/prepared-folder.ts'
import { answerStep, signIn, startJourney } from '../../../test/support/wire.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { send, victim } from '../checks.ts'
import { createRogue } from '../staff.ts'

const fresh = 'Another-Pass-2026'

/** Changes the account of the session that the journey runs under, after another page. */
const change = `
  if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, "Go on?")
  else {
    var id = existingSession.get("UserId")
    openidm.patch("managed/alpha_user/" + id, null, [
      { operation: "replace", field: "password", value: "${fresh}" }
    ])
    action.goTo("out")
  }`

/** The attacker has a session cookie; the owner notices and changes the password. */
export const stolenSession: Attack = {
  name: 'stolen-session',
  defence: 'S13: sessions survive every change of the account',
  goal: 'to stay signed in after the owner changed the password, without the owner knowing',
  async prepare(stores) {
    const run = await scripted(stores, 'stolen session', change, { out: 'success' })
    await saveJourney(stores, 'ChangePassword', { run }, { mustRun: true })
  },
  async play(scene) {
    await changesByPatch(scene)
    await changesInJourney(scene)
    return 'a new password, by PATCH or in a journey, ended the stolen session at once, and the owner got an email'
  },
}

async function changesByPatch(scene: Scene): Promise<void> {
  const owner = await createRogue(scene, 'owner', ['realm-admin'])
  const stolen = await signIn(scene.url, 'owner', 'Rogue-Pass-2026!', 'alpha')
  const body = [{ operation: 'replace', field: 'password', value: fresh }]
  const { status } = await owner.ask('/openidm/managed/alpha_user/owner', { method: 'PATCH', body })
  mustHold(status === 200, `the owner could not change the password: ${status}`)
  mustHold(!(await isSignedIn(scene, stolen)), 'the stolen session outlived a new password by PATCH')
  mustHold(await isSignedIn(scene, owner.session), 'the owner was signed out by their own change')
  await assertNotified(scene, 'owner@example.com')
}

async function changesInJourney(scene: Scene): Promise<void> {
  const { url } = scene
  const [stolen, own] = [
    await signIn(url, victim.userName, victim.password),
    await signIn(url, victim.userName, victim.password),
  ]
  const begin = (session: string) =>
    startJourney(url, 'ChangePassword', {
      query: '&ForceAuth=true',
      headers: { iplanetdirectorypro: session },
    })
  // The attacker has the same journey open already.
  const open = await begin(stolen)
  const changed = await answerStep(url, await begin(own))
  mustHold(changed.status === 200, `the owner could not change the password: ${changed.status}`)
  mustHold(!(await isSignedIn(scene, stolen)), 'the stolen session outlived a new password in a journey')
  mustHold(await isSignedIn(scene, own), 'the owner was signed out by their own change')
  await assertNotified(scene, 'alex@example.com')
  const late = await answerStep(url, open)
  mustHold(late.status !== 200, 'a journey started with the stolen session changed the account')
}

async function isSignedIn(scene: Scene, session: string): Promise<boolean> {
  return (await send(scene, 'users?_action=idFromSession', { session, body: {} })).status === 200
}

/** Waits for the notice: the outbox sends in the background, and ten seconds are enough. */
async function assertNotified({ mailbox }: Scene, address: string): Promise<void> {
  const deadline = Date.now() + 10_000
  const isNotified = () =>
    mailbox.mails.some(({ to, subject }) => to.includes(address) && subject.includes('was changed'))
  while (!isNotified() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50))
  mustHold(isNotified(), `no email told ${address} of the new password`)
}
