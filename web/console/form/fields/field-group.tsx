import { Input } from '@mantine/core'
import type { ReactNode } from 'react'
import { type FieldProps, inputProps } from './field.ts'

/** A setting with several inputs. */
export function FieldGroup({ field, children }: { field: FieldProps; children: ReactNode }) {
  const { label, description, withAsterisk, error } = inputProps(field)
  return (
    <fieldset className="rows-field stack items-start gap-1">
      <Input.Label component="legend" labelElement="div" required={withAsterisk}>
        {label}
      </Input.Label>
      {description !== undefined && <Input.Description>{description}</Input.Description>}
      {children}
      {error !== undefined && <Input.Error>{error}</Input.Error>}
    </fieldset>
  )
}
