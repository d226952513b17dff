import { TextInput } from '@mantine/core'

type Props = {
  url: string
  /** The validation problem, without its subject: "must use https". */
  problem: string | undefined
  hasFocus?: boolean
  onChange(address: string): void
}

/** The URL of a webhook. */
export function UrlField({ url, problem, hasFocus = false, onChange }: Props) {
  return (
    <TextInput
      {...(hasFocus ? { 'data-autofocus': true } : {})}
      label="URL"
      description="Receives a POST request for each event. Hosts that are not public must be listed in SIDEGATE_HTTP_ALLOW."
      placeholder="https://tickets.example.com/hooks/sidegate"
      inputMode="url"
      autoComplete="off"
      spellCheck={false}
      dir="ltr"
      maxLength={2_000}
      value={url}
      error={problem === undefined ? undefined : `The URL ${problem}`}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
