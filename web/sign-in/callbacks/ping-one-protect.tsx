import type { CallbackProps } from '../step/step-form.ts'
import { Unavailable } from './unavailable.tsx'

/** Signals for a service of the vendor's, which this page does not send. */
export function PingOneProtect({ callback }: CallbackProps) {
  return <Unavailable callback={callback} />
}
