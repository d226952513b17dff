import { generateSync } from 'otplib'
import type { Stores } from '../../src/store/stores.ts'
import { saveJourney } from './prepared-folder.ts'
import { answerStep, startJourney, stepOf } from './wire.ts'

/** Saves a journey in which people register an authenticator app. */
export function saveRegistration(stores: Stores): Promise<void> {
  return saveJourney(stores, 'Register', {
    ask: { type: 'UsernameCollectorNode', to: { outcome: 'register' } },
    register: {
      type: 'OathRegistrationNode',
      config: { generateRecoveryCodes: false },
      to: { successOutcome: 'success', failureOutcome: 'failure' },
    },
  })
}

/** Registers an authenticator app. @returns a function that makes its codes. */
export async function registerApp(url: string, person: string): Promise<() => string> {
  const asked = await answerStep(url, await startJourney(url, 'Register'), [person])
  const address = stepOf(asked).callbacks.find(({ type }) => type === 'HiddenValueCallback')
  const uri = new URL(String(address?.output.find(({ name }) => name === 'value')?.value))
  const pressed = stepOf(asked).callbacks.map((callback) => callback.input?.[0]?.value)
  const { status } = await answerStep(url, asked, pressed)
  if (status !== 200) throw new Error(`the app was not registered: ${status}`)
  const secret = uri.searchParams.get('secret') ?? ''
  return () => generateSync({ secret, digits: 6, epoch: Math.floor(Date.now() / 1000) })
}
