import { lazy } from 'react'
import { isPasskeyOutcome, passkeyRequestOf, registrationUriOf } from '../step/special-steps.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'

const Passkey = lazy(() => import('../passkey/passkey.tsx'))
const AppRegistration = lazy(() => import('../components/app-registration.tsx'))

/** A value that is sent back unchanged, the result of a passkey, or the key of an authenticator app. */
export function HiddenValue({ callback }: CallbackProps) {
  const { step } = useStepForm()
  const question = isPasskeyOutcome(callback) ? passkeyRequestOf(step) : undefined
  if (question !== undefined) return <Passkey callback={callback} question={question} />
  const uri = registrationUriOf(callback)
  return uri === undefined ? null : <AppRegistration uri={uri} />
}
