import { PasswordInput } from '@mantine/core'

type Props = { value: string; error: string | undefined; onChange(value: string): void }

/** A password for somebody else: no browser offers to remember it. */
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
