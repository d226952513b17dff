import { lazy } from 'react'
import { NoticeBox } from '../components/notice.tsx'
import { Icon } from '../icon.tsx'
import { cleanText, isHtml } from '../messages/clean-text.ts'
import { Message } from '../messages/message.tsx'
import { noticeOf } from '../step/heading.ts'
import { callbacksOf, textOf } from '../step/inputs.ts'
import {
  htmlOfScript,
  isAppRegistration,
  passkeyRequestOf,
  recoveryCodesOf,
  scriptOf,
} from '../step/special-steps.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'
import { useTexts } from '../translations/texts.tsx'

const RecoveryCodes = lazy(() => import('../components/recovery-codes.tsx'))

/** An information, a warning, an error, or a script. Scripts never run; the page shows what the known ones would show. */
export function TextOutput({ callback }: CallbackProps) {
  const { step } = useStepForm()
  const message = textOf(callback, 'message')
  if (noticeOf(step) !== undefined) return null
  const level = textOf(callback, 'messageType')
  if (scriptOf(callback) !== undefined) return <Script callback={callback} />
  if (level === '1' || level === '2') {
    return (
      <NoticeBox tone={level === '1' ? 'warn' : 'bad'}>
        <Message text={message} />
      </NoticeBox>
    )
  }
  return isUsername(message, step) ? <FixedUsername name={cleanText(message)} /> : <Message text={message} />
}

function Script({ callback }: CallbackProps) {
  const texts = useTexts()
  const { step } = useStepForm()
  const codes = recoveryCodesOf(callback)
  if (codes !== undefined) return <RecoveryCodes {...codes} />
  const html = htmlOfScript(callback)
  if (html !== undefined) return <Message text={html} />
  const isKnown = passkeyRequestOf(step) !== undefined || isAppRegistration(step)
  return isKnown ? null : <NoticeBox tone="warn">{texts.script}</NoticeBox>
}

/** A single word above a password, on a page without a username field, is the username. */
function isUsername(message: string, step: Parameters<typeof callbacksOf>[0]): boolean {
  const asks = (type: string) => callbacksOf(step, type).length > 0
  return asks('PasswordCallback') && !asks('NameCallback') && /^\S{1,100}$/.test(message) && !isHtml(message)
}

/** An input, so that password managers find the username. */
function FixedUsername({ name }: { name: string }) {
  const texts = useTexts()
  return (
    <div className="field">
      <label htmlFor="fixed-user-name">{texts.userName}</label>
      <div className="field-fixed">
        <Icon name="user" />
        <input id="fixed-user-name" dir="auto" autoComplete="username" value={name} readOnly />
        <Icon name="lock" size="s" />
      </div>
    </div>
  )
}
