import type { Step } from '../../api/authenticate.ts'
import { NoticeBox } from '../components/notice.tsx'
import type { Notice } from '../flow/view.ts'
import { Said } from '../messages/said.tsx'
import type { Words } from '../translations/en.ts'
import { useWords } from '../translations/words.tsx'
import { callbacksOf } from './inputs.ts'

/** Messages that say nothing but that it did not work. */
const emptyMessages = new Set(['Login failure', 'Authentication Failed', 'Unable to approve transaction', ''])

/** Whether a message of the server says nothing but that it did not work. */
export function saysNothing(message: string): boolean {
  return emptyMessages.has(message)
}

/** Why this page is here again. */
export function StepNotice({ notice, step }: { notice: Notice | undefined; step: Step }) {
  const words = useWords()
  if (notice === undefined) return null
  const isBad = notice.kind === 'failed' || notice.kind === 'again'
  return (
    <NoticeBox tone={isBad ? 'bad' : 'warn'} role="alert">
      <Said text={sentenceOf(notice, step, words)} />
    </NoticeBox>
  )
}

function sentenceOf(notice: Notice, step: Step, words: Words): string {
  if (notice.kind === 'expired' || notice.kind === 'elsewhere') return words[notice.kind]
  if (notice.kind === 'failed' && !saysNothing(notice.message)) return notice.message
  const asks = (type: string) => callbacksOf(step, type).length > 0
  if (asks('PasswordCallback')) return asks('NameCallback') ? words.failedSignIn : words.failedSecret
  return notice.kind === 'again' ? words.failedSecret : words.failed
}
