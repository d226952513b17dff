import { lazy } from 'react'
import { NoticeBox } from '../components/notice.tsx'
import { Icon } from '../icon.tsx'
import { isHtml, plain } from '../messages/plain.ts'
import { Said } from '../messages/said.tsx'
import { noticeOf } from '../step/heading.ts'
import { callbacksOf, textOf } from '../step/inputs.ts'
import {
  htmlOfScript,
  isAppRegistration,
  passkeyQuestionOf,
  recoveryCodesOf,
  scriptOf,
} from '../step/recognised.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'
import { useWords } from '../translations/words.tsx'

const RecoveryCodes = lazy(() => import('../components/recovery-codes.tsx'))

/** A text: news, a warning, an error, or a script, of which only what it shows is shown. */
export function TextOutput({ callback }: CallbackProps) {
  const { step } = useStepForm()
  const message = textOf(callback, 'message')
  if (noticeOf(step) !== undefined) return null
  const level = textOf(callback, 'messageType')
  if (scriptOf(callback) !== undefined) return <Script callback={callback} />
  if (level === '1' || level === '2') {
    return (
      <NoticeBox tone={level === '1' ? 'warn' : 'bad'}>
        <Said text={message} />
      </NoticeBox>
    )
  }
  return isUserName(message, step) ? <FixedUserName name={plain(message)} /> : <Said text={message} />
}

function Script({ callback }: CallbackProps) {
  const words = useWords()
  const { step } = useStepForm()
  const codes = recoveryCodesOf(callback)
  if (codes !== undefined) return <RecoveryCodes {...codes} />
  const html = htmlOfScript(callback)
  if (html !== undefined) return <Said text={html} />
  const isKnown = passkeyQuestionOf(step) !== undefined || isAppRegistration(step)
  return isKnown ? null : <NoticeBox tone="warn">{words.script}</NoticeBox>
}

/** A word alone before a password, on a page that asks for no name, is whose password it is. */
function isUserName(message: string, step: Parameters<typeof callbacksOf>[0]): boolean {
  const asks = (type: string) => callbacksOf(step, type).length > 0
  return asks('PasswordCallback') && !asks('NameCallback') && /^\S{1,100}$/.test(message) && !isHtml(message)
}

/** Password managers read it, too. */
function FixedUserName({ name }: { name: string }) {
  const words = useWords()
  return (
    <div className="field">
      <label htmlFor="fixed-user-name">{words.userName}</label>
      <div className="field-fixed">
        <Icon name="user" />
        <input id="fixed-user-name" dir="auto" autoComplete="username" value={name} readOnly />
        <Icon name="lock" size="s" />
      </div>
    </div>
  )
}
