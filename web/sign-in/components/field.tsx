import './field.css'
import type { ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import { withoutTags } from '../messages/clean-text.ts'
import { useTexts } from '../translations/texts.tsx'

/** Attributes that connect a control to its label, hint and errors. */
export type ControlProps = {
  id: string
  'aria-invalid': true | undefined
  'aria-describedby': string | undefined
}

type FieldProps = {
  id: string
  label: string
  errors?: readonly string[]
  isOptional?: boolean
  /** Shown below the control. */
  hint?: ReactNode
  children(control: ControlProps): ReactNode
}

/** A control with label, hint and errors. */
export function Field({ id, label, errors = [], isOptional = false, hint, children }: FieldProps) {
  const texts = useTexts()
  const hasErrors = errors.length > 0
  const describedBy = [hint ? `${id}-hint` : '', hasErrors ? `${id}-errors` : ''].filter(Boolean).join(' ')
  return (
    <div className={hasErrors ? 'field wrong' : 'field'}>
      <label htmlFor={id}>
        <bdi>{withoutTags(label)}</bdi>
        {isOptional && <span className="field-optional"> ({texts.optional})</span>}
      </label>
      {children({ id, 'aria-invalid': hasErrors || undefined, 'aria-describedby': describedBy || undefined })}
      {hint && <div id={`${id}-hint`}>{hint}</div>}
      <FieldErrors id={`${id}-errors`} errors={errors} />
    </div>
  )
}

export function FieldErrors({ id, errors }: { id: string; errors: readonly string[] }) {
  if (errors.length === 0) return null
  return (
    <div id={id} className="field-errors" role="alert">
      {errors.map((error) => (
        <p key={error}>
          <Icon name="warn" size="s" />
          <span>{error}</span>
        </p>
      ))}
    </div>
  )
}
