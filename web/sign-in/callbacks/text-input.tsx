import { TextQuestion } from '../components/text-question.tsx'
import type { CallbackProps } from '../step/step-form.ts'

export function TextInput({ callback }: CallbackProps) {
  return <TextQuestion callback={callback} hints={{ autoComplete: 'off' }} />
}
