import { lazy, useMemo } from 'react'
import { isPasskeyOutcome, passkeyRequestOf, registrationUriOf } from '../step/special-steps.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'

const Passkey = lazy(() => import('../passkey/passkey.tsx'))
const AppRegistration = lazy(() => import('../components/app-registration.tsx'))

/** A value that is sent back unchanged, the result of a passkey, or the key of an authenticator app. */
export function HiddenValue({ callback }: CallbackProps) {
  const { step } = useStepForm()
  // A new object would give up the pending request of the browser, also when the person types.
  const question = useMemo(
    () => (isPasskeyOutcome(callback) ? passkeyRequestOf(step) : undefined),
    [callback, step],
  )
  if (question !== undefined) return <Passkey callback={callback} question={question} />
  const uri = registrationUriOf(callback)
  return uri === undefined ? null : <AppRegistration uri={uri} />
}
