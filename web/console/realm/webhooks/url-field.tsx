import { TextInput } from '@mantine/core'

type Given = {
  address: string
  /** What is wrong with it. */
  problem: string | undefined
  isFirst?: boolean
  onChange(address: string): void
}

/** Where a receiver is. */
export function AddressField({ address, problem, isFirst = false, onChange }: Given) {
  return (
    <TextInput
      {...(isFirst ? { 'data-autofocus': true } : {})}
      label="Address"
      description="It gets a POST for each event. An address that is not public is called only if SIDEGATE_HTTP_ALLOW names its host."
      placeholder="https://tickets.example.com/hooks/sidegate"
      inputMode="url"
      autoComplete="off"
      spellCheck={false}
      dir="ltr"
      maxLength={2_000}
      value={address}
      error={problem === undefined ? undefined : `It ${problem}`}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
