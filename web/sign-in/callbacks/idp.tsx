import type { CallbackProps } from '../step/step-form.ts'
import { Unavailable } from './unavailable.tsx'

/** A sign-in with the app of an identity provider, which a browser does not have. */
export function IdP({ callback }: CallbackProps) {
  return <Unavailable callback={callback} />
}
