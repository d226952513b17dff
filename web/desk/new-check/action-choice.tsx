import { NumberedChoice } from './numbered-choice.tsx'

type ActionProps = {
  actions: readonly string[]
  action: string | undefined
  onChoose(action: string): void
  onNumber(): void
}

/** The caller's request: one of the realm's actions, or none. The server rejects any other. */
export function ActionChoice({ actions, action, ...handlers }: ActionProps) {
  return (
    <NumberedChoice
      part="action"
      legend="What do they need?"
      options={[...actions, ''].map((value) => ({
        key: value,
        value,
        title: value === '' ? 'Only verify the caller' : value,
      }))}
      chosen={action}
      {...handlers}
    />
  )
}
