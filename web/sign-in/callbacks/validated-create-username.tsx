import { CheckedText } from '../components/checked-text.tsx'
import type { CallbackProps } from '../step/step-form.ts'

/** A user name that the realm has to accept. */
export function ValidatedCreateUsername({ callback }: CallbackProps) {
  return <CheckedText callback={callback} hints={{ autoComplete: 'username' }} />
}
