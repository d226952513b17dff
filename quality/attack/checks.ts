import { defined } from '../../src/base/defined.ts'
import { callerOpens, deskOpens } from '../../test/support/help-desk-play.ts'
import { answerStep, type WireAnswer } from '../../test/support/wire.ts'
import type { Scene } from './attack.ts'

/** The account that the attacker wants, with data from a company directory. */
export const victim = {
  id: 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290',
  userName: 'alex',
  password: 'Alex-Pass-2026',
}

/** The action of all checks. */
export const action = 'Unlock the account'

/** An agent starts a check of the victim, with codes, while the attacker is on the phone. */
export async function beginCheck(scene: Scene) {
  const check = await deskOpens(scene.url, scene.agent, { journey: 'VerifyWithCode' })
  const { verification } = await readCheck(scene, check.reference)
  return { ...check, code: String(verification.code) }
}

type CheckState = {
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

/** The check as the agent sees it. */
export async function readCheck(scene: Scene, reference: string): Promise<CheckState> {
  const { body } = await send(scene, `help-desk/verifications/${reference}`, { session: scene.agent })
  return body as CheckState
}

/**
 * Opens the link and confirms the call.
 * @returns the page that asks for the code.
 */
export async function openLink({ url }: Scene, id: string): Promise<WireAnswer> {
  return answerStep(url, await callerOpens(url, id), [0])
}

/** Opens the link, types the code and signs in. */
export async function completeCheck(scene: Scene, id: string, code: string): Promise<WireAnswer> {
  const signIn = await answerStep(scene.url, await openLink(scene, id), [code])
  return answerStep(scene.url, signIn, [victim.password])
}

/** A check that the victim completed, ready to be used. */
export async function passCheck(scene: Scene) {
  const { id, code, reference } = await beginCheck(scene)
  await completeCheck(scene, id, code)
  return { id, reference }
}

type Sent = {
  method?: string
  session?: string
  bearer?: string
  body?: unknown
  headers?: Record<string, string>
}

/** A request below the realm. A body that is not a text is sent as JSON. */
export async function send({ url }: Scene, path: string, { session, bearer, body, ...rest }: Sent = {}) {
  const { method = body === undefined ? 'GET' : 'POST', headers } = rest
  const answer = await fetch(`${url}/json/realms/root/realms/alpha/${path}`, {
    method,
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      ...defined({ iplanetdirectorypro: session }),
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
