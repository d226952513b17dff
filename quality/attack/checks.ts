import { callerOpens, deskOpens } from '../../test/support/help-desk-play.ts'
import { answerStep, type WireAnswer } from '../../test/support/wire.ts'
import type { Scene } from './attack.ts'

/** The person whose account is wanted, as an attacker finds them in a directory of the company. */
export const victim = {
  id: 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290',
  userName: 'alex',
  password: 'Alex-Pass-2026',
}

/** What the desk does for a caller who was verified. */
export const action = 'Unlock the account'

/** A check of the victim with codes, that an agent begins while the attacker is on the phone. */
export async function checkBegins(scene: Scene) {
  const check = await deskOpens(scene.url, scene.agent, { journey: 'VerifyWithCode' })
  const { verification } = await checkNow(scene, check.reference)
  return { ...check, code: String(verification.code) }
}

type CheckNow = {
  state: string
  result: string
  ending: string
  verification: {
    code: string | null
    reverseCode: string | null
    isBound: boolean
    grant: { state: string }
  }
}

/** As the agent sees it. */
export async function checkNow(scene: Scene, reference: string): Promise<CheckNow> {
  const { body } = await send(scene, `help-desk/verifications/${reference}`, { session: scene.agent })
  return body as CheckNow
}

/** Opens the link and gets past the notice. @returns the page that asks for the code. */
export async function linkOpened({ url }: Scene, id: string): Promise<WireAnswer> {
  return answerStep(url, await callerOpens(url, id), [0])
}

/** Opens the link, types the code and signs in. */
export async function provesWithCode(scene: Scene, id: string, code: string): Promise<WireAnswer> {
  const signIn = await answerStep(scene.url, await linkOpened(scene, id), [code])
  return answerStep(scene.url, signIn, [victim.password])
}

/** A check that the victim passed, ready to be used. */
export async function checkPassed(scene: Scene) {
  const { id, code, reference } = await checkBegins(scene)
  await provesWithCode(scene, id, code)
  return { id, reference }
}

type Sent = {
  method?: string
  session?: string
  bearer?: string
  body?: unknown
  headers?: Record<string, string>
}

/** A request below the realm. The body is JSON unless it is a text. */
export async function send({ url }: Scene, path: string, { session, bearer, body, ...rest }: Sent = {}) {
  const { method = body === undefined ? 'GET' : 'POST', headers } = rest
  const answer = await fetch(`${url}/json/realms/root/realms/alpha/${path}`, {
    method,
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      ...(session === undefined ? {} : { iplanetdirectorypro: session }),
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    headers: answer.headers,
    body: (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>,
  }
}
