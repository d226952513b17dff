import type { Stores } from '../../src/store/stores.ts'
import { saveJourney } from './prepared-folder.ts'

/** Saves two journeys in alpha: registration of an authenticator app, and sign-in with it or with a recovery code. */
export async function saveOathJourneys(
  stores: Stores,
  registration: string,
  verification: string,
): Promise<void> {
  const ask = { type: 'UsernameCollectorNode' }
  await saveJourney(stores, registration, {
    ask: { ...ask, to: { outcome: 'register' } },
    register: { type: 'OathRegistrationNode', to: { successOutcome: 'codes', failureOutcome: 'failure' } },
    codes: { type: 'RecoveryCodeDisplayNode', to: { outcome: 'success' } },
  })
  await saveJourney(
    stores,
    verification,
    {
      ask: { ...ask, to: { outcome: 'verify' } },
      verify: {
        type: 'OathTokenVerifierNode',
        config: { isRecoveryCodeAllowed: true },
        to: {
          successOutcome: 'success',
          failureOutcome: 'failure',
          notRegisteredOutcome: 'options',
          recoveryCodeOutcome: 'recover',
        },
      },
      recover: { type: 'RecoveryCodeCollectorDecisionNode', to: { true: 'success', false: 'failure' } },
      options: {
        type: 'MultiFactorRegistrationOptionsNode',
        to: {
          registerOutcome: 'failure',
          getAppOutcome: 'app',
          skipOutcome: 'success',
          optOutOutcome: 'success',
        },
      },
      app: { type: 'GetAuthenticatorAppNode', to: { outcome: 'options' } },
    },
    { noSession: false },
  )
}
