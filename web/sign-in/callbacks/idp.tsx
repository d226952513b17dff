import type { CallbackProps } from '../step/step-form.ts'
import { Unavailable } from './unavailable.tsx'

/** Sign-in with a provider's native SDK, which browsers don't have. */
export function IdP({ callback }: CallbackProps) {
  return <Unavailable callback={callback} />
}
