import type { CallbackProps } from '../step/step-form.ts'
import { Unavailable } from './unavailable.tsx'

/** Signals for PingOne Protect, which this page does not support. */
export function PingOneProtect({ callback }: CallbackProps) {
  return <Unavailable callback={callback} />
}
