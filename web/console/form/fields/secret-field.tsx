import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { type FieldProps, inputProps } from './field.ts'

/** A write-only field: the stored secret is never shown. */
export function SecretField(props: FieldProps) {
  const { value, setting, onChange } = props
  const [typed, setTyped] = useState('')
  const isSet = value != null && value !== ''
  return (
    <div className="secret-field">
      <PasswordInput
        {...inputProps(props)}
        value={typed}
        autoComplete="new-password"
        placeholder={isSet ? 'Saved. Type to replace it.' : 'Not set'}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value)
          if (currentTarget.value !== '') onChange(currentTarget.value)
        }}
      />
      {isSet && (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => {
            setTyped('')
            // A missing value would keep the stored secret.
            onChange('')
          }}
        >
          Remove {setting.title}
        </Button>
      )}
    </div>
  )
}
