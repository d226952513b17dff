import { t } from '../../translate/translate.ts'

/** The texts of `CopyField` in the agent's language. */
export function copyLabels() {
  return { copy: t('Copy'), copied: t('Copied') }
}
