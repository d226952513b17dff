import type { Step } from '../../api/authenticate.ts'
import { NoticeBox } from '../components/notice.tsx'
import type { Notice } from '../flow/view.ts'
import { Message } from '../messages/message.tsx'
import type { Texts } from '../translations/texts.tsx'
import { useTexts } from '../translations/texts.tsx'
import { callbacksOf } from './inputs.ts'

/** Messages without information beyond the failure. */
const genericMessages = new Set([
  'Login failure',
  'Authentication Failed',
  'Unable to approve transaction',
  '',
])

export function isGenericMessage(message: string): boolean {
  return genericMessages.has(message)
}

/** Explains why the page is shown again. */
export function StepNotice({ notice, step }: { notice: Notice | undefined; step: Step }) {
  const texts = useTexts()
  if (notice === undefined) return null
  const isBad = notice.kind === 'failed' || notice.kind === 'again'
  return (
    <NoticeBox tone={isBad ? 'bad' : 'warn'} role="alert">
      <Message text={sentenceOf(notice, step, texts)} />
    </NoticeBox>
  )
}

function sentenceOf(notice: Notice, step: Step, texts: Texts): string {
  if (notice.kind === 'expired' || notice.kind === 'elsewhere') return texts[notice.kind]
  if (notice.kind === 'failed' && !isGenericMessage(notice.message)) return notice.message
  const asks = (type: string) => callbacksOf(step, type).length > 0
  if (asks('PasswordCallback')) return asks('NameCallback') ? texts.failedSignIn : texts.failedSecret
  return notice.kind === 'again' ? texts.failedSecret : texts.failed
}
