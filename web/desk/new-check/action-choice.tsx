import { t } from '../../translate/translate.ts'
import { actionText } from '../messages/action-text.ts'
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
      legend={t('What do they need?')}
      options={[...actions, ''].map((value) => ({
        key: value,
        value,
        title: value === '' ? t('Only verify the caller') : actionText(value),
      }))}
      chosen={action}
      {...handlers}
    />
  )
}
