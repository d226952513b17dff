import { generateSync } from 'otplib'
import { defined } from '../../src/base/defined.ts'
import type { JsonObject } from '../../src/base/json.ts'
import type { Stores } from '../../src/store/stores.ts'
import { saveOathJourneys } from './oath-journeys.ts'
import { saveJourney } from './prepared-folder.ts'
import { answerStep, authenticate, output, startJourney, stepOf, type WireAnswer } from './wire.ts'

const registration = 'Register an app'
const twoFactors = 'Two factors'

/**
 * Saves journeys of alpha: registering an authenticator app, and signing in with a password and a code of the
 * app or a recovery code.
 */
export async function saveTwoFactors(stores: Stores): Promise<void> {
  await saveOathJourneys(stores, registration, 'Verify an app')
  await saveJourney(
    stores,
    twoFactors,
    {
      headers: {
        type: 'ZeroPageLoginNode',
        config: { allowWithoutReferer: true },
        to: { true: 'check', false: 'failure' },
      },
      check: { type: 'DataStoreDecisionNode', to: { true: 'verify', false: 'failure' } },
      verify: {
        type: 'OathTokenVerifierNode',
        config: { isRecoveryCodeAllowed: true },
        to: {
          successOutcome: 'success',
          failureOutcome: 'failure',
          notRegisteredOutcome: 'failure',
          recoveryCodeOutcome: 'recover',
        },
      },
      recover: { type: 'RecoveryCodeCollectorDecisionNode', to: { true: 'success', false: 'failure' } },
    },
    { noSession: false },
  )
}

type From = { address?: string; cookie?: string }

const headersOf = ({ address, cookie }: From): Record<string, string> => ({
  ...defined({ 'x-forwarded-for': address, cookie }),
})

/** Presses a button and leaves the other inputs as they are. */
function press(url: string, answer: WireAnswer, button: number, from: From = {}) {
  const step = stepOf(answer)
  const callbacks = step.callbacks.map((callback) =>
    callback.type === 'ConfirmationCallback'
      ? { ...callback, input: [{ name: callback.input?.[0]?.name, value: button }] }
      : callback,
  )
  return authenticate(url, {
    headers: headersOf(from),
    body: { ...step, callbacks } as unknown as JsonObject,
  })
}

export type App = { codeAt(seconds: number): string; wrongCode(): string; recoveryCodes: string[] }

/** Registers an authenticator app for a person. */
export async function registerApp(url: string, person: string): Promise<App> {
  const asked = await answerStep(url, await startJourney(url, registration), [person])
  const hidden = stepOf(asked).callbacks.find(({ type }) => type === 'HiddenValueCallback')
  const uri = new URL(String(hidden?.output.find(({ name }) => name === 'value')?.value))
  const secret = uri.searchParams.get('secret') ?? ''
  const shown = await press(url, asked, 0)
  const script = String(output(shown, 'message'))
  await answerStep(url, shown)
  const codeAt = (seconds: number) => generateSync({ secret, epoch: seconds })
  return {
    codeAt,
    wrongCode: () => {
      const near = new Set([-3, -2, -1, 0, 1, 2, 3].map((steps) => codeAt(nowSeconds() + steps * 30)))
      return ['000000', '111111', '222222', '333333', '444444', '555555', '666666', '777777'].find(
        (code) => !near.has(code),
      ) as string
    },
    recoveryCodes: [...script.matchAll(/\s[\w\W]"([\w]*)\\/g)].map(([, code]) => code ?? ''),
  }
}

export const nowSeconds = () => Math.floor(Date.now() / 1000)

/** Enters the right password. @returns the page that asks for the code. */
export function enterPassword(url: string, person: string, password: string, from: From = {}) {
  const headers = { 'x-openam-username': person, 'x-openam-password': password, ...headersOf(from) }
  return startJourney(url, twoFactors, { headers })
}

export function enterCode(url: string, page: WireAnswer, code: string, from: From = {}) {
  return answerStep(url, page, [code, 0], { headers: headersOf(from) })
}

export async function enterRecoveryCode(url: string, page: WireAnswer, code: string, from: From = {}) {
  return answerStep(url, await press(url, page, 1, from), [code], { headers: headersOf(from) })
}

/** The cookie of known browsers from an answer, as a browser sends it back. */
export function deviceCookieOf({ headers }: WireAnswer): string {
  const set = headers.getSetCookie().find((cookie) => cookie.startsWith('sidegate-device='))
  return set?.split(';')[0] ?? ''
}
