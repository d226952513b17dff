import { TextInput } from '@mantine/core'

type Props = {
  url: string
  /** What is wrong with it. */
  problem: string | undefined
  hasFocus?: boolean
  onChange(address: string): void
}

/** Where a receiver is. */
export function UrlField({ url, problem, hasFocus = false, onChange }: Props) {
  return (
    <TextInput
      {...(hasFocus ? { 'data-autofocus': true } : {})}
      label="Address"
      description="It gets a POST for each event. An address that is not public is called only if SIDEGATE_HTTP_ALLOW names its host."
      placeholder="https://tickets.example.com/hooks/sidegate"
      inputMode="url"
      autoComplete="off"
      spellCheck={false}
      dir="ltr"
      maxLength={2_000}
      value={url}
      error={problem === undefined ? undefined : `It ${problem}`}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
