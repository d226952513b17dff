import { lazy } from 'react'
import { isPasskeyOutcome, passkeyQuestionOf, registrationUriOf } from '../step/recognised.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'

const Passkey = lazy(() => import('../passkey/passkey.tsx'))
const AppRegistration = lazy(() => import('../components/app-registration.tsx'))

/** A value that goes back as it is; or the place for what the device says, or a key that an app has to learn. */
export function HiddenValue({ callback }: CallbackProps) {
  const { step } = useStepForm()
  const question = isPasskeyOutcome(callback) ? passkeyQuestionOf(step) : undefined
  if (question !== undefined) return <Passkey callback={callback} question={question} />
  const uri = registrationUriOf(callback)
  return uri === undefined ? null : <AppRegistration uri={uri} />
}
