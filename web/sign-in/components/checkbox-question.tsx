import type { ReactNode } from 'react'
import type { Callback } from '../../api/authenticate.ts'
import { withoutTags } from '../messages/clean-text.ts'
import { useInput, useStepForm } from '../step/step-form.ts'
import { FieldErrors } from './field.tsx'

type CheckQuestionProps = {
  callback: Callback
  label: string
  /** Replaces the server's errors. */
  errors?: readonly string[]
  hint?: ReactNode
}

export function CheckboxQuestion({ callback, label, errors, hint }: CheckQuestionProps) {
  const { errorsOf } = useStepForm()
  const { name, value, change } = useInput(callback)
  const wrong = errors ?? errorsOf(callback)
  return (
    <div className="field">
      <label className="field-check" htmlFor={name}>
        <input
          id={name}
          name={name}
          type="checkbox"
          checked={value === true || value === 'true'}
          aria-invalid={wrong.length > 0 || undefined}
          aria-describedby={wrong.length > 0 ? `${name}-errors` : undefined}
          onChange={(event) => change(event.currentTarget.checked)}
        />
        <span>
          <bdi>{withoutTags(label)}</bdi>
          {hint}
        </span>
      </label>
      <FieldErrors id={`${name}-errors`} errors={wrong} />
    </div>
  )
}
