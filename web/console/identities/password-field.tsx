import { PasswordInput } from '@mantine/core'

type Props = { value: string; error: string | undefined; onChange(value: string): void }

/** A new password for another person. `new-password` keeps browsers from saving it. */
export function PasswordField({ value, error, onChange }: Props) {
  return (
    <PasswordInput
      label="New password"
      autoComplete="new-password"
      value={value}
      error={error}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
