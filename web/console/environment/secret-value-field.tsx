import { PasswordInput, Textarea } from '@mantine/core'

type Props = {
  label: string
  encoding: string
  value: string
  problem: string | undefined
  onChange(value: string): void
}

/** A value that is written and never shown again. */
export function SecretValueField({ label, encoding, value, problem, onChange }: Props) {
  const shared = {
    label,
    description: 'It is stored encrypted and never shown again.',
    error: problem,
    value,
    spellCheck: false,
  } as const
  // PEM files have several lines.
  if (encoding === 'pem')
    return (
      <Textarea
        {...shared}
        autoComplete="off"
        autosize
        minRows={4}
        maxRows={12}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    )
  return (
    <PasswordInput
      {...shared}
      // Otherwise browsers offer to fill in, and to store, the person's own password.
      autoComplete="new-password"
      visibilityToggleButtonProps={{ 'aria-label': 'Show value' }}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
