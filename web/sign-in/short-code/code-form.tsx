import './code-form.css'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import { type Texts, useTexts } from '../translations/texts.tsx'
import { grouped, type Typed } from './typed-code.ts'
import { textOf, useRedemption } from './use-redemption.ts'

const inputProps = {
  className: 'field-input code short-code',
  type: 'text',
  dir: 'ltr',
  inputMode: 'text',
  enterKeyHint: 'go',
  autoComplete: 'off',
  autoCapitalize: 'characters',
  autoCorrect: 'off',
  spellCheck: false,
} as const

type FormProps = {
  /** The code of a link in a message. It is filled in but not sent, because programs also open links. */
  sent: string
  texts: Texts['shortCode']
  locale: string | undefined
}

export function CodeForm({ sent, texts, locale }: FormProps) {
  const common = useTexts()
  const { phase, problem, redeem, forget } = useRedemption(locale)
  const [typed, setTyped] = useState(() => grouped({ text: sent, caret: sent.length }))
  const { input, submit } = useFocus(typed, problem, sent !== '')
  const isNotice = problem?.kind === 'offline' || problem?.kind === 'failed'
  const change = (text: string, caret: number) => {
    if (phase !== 'typing') return
    forget()
    setTyped(grouped({ text, caret }))
  }
  return (
    <Sheet heading={texts.title} lede={sent === '' ? texts.lede : texts.filledIn}>
      {problem && isNotice && (
        <NoticeBox tone="warn" role="alert">
          {textOf(problem, texts)}
        </NoticeBox>
      )}
      <form
        className="sheet-form"
        noValidate
        aria-busy={phase !== 'typing'}
        onSubmit={(event) => {
          event.preventDefault()
          void redeem(typed.text)
        }}
      >
        <Field id="code" label={texts.label} errors={problem && !isNotice ? [textOf(problem, texts)] : []}>
          {(control) => (
            <input
              {...control}
              {...inputProps}
              ref={input}
              value={typed.text}
              readOnly={phase !== 'typing'}
              onChange={({ currentTarget: { value, selectionStart } }) =>
                change(value, selectionStart ?? value.length)
              }
            />
          )}
        </Field>
        <Button ref={submit} type="submit" kind="main" isBusy={phase !== 'typing'}>
          {phase === 'typing' ? common.continue : `${texts[phase]}…`}
        </Button>
        <span className="spoken" role="status">
          {phase === 'typing' ? '' : texts[phase]}
        </span>
      </form>
      <p className="sheet-small">{texts.caution}</p>
    </Sheet>
  )
}

/** Keeps the caret while the text is grouped, and leads to the field after an error. */
function useFocus(typed: Typed, problem: unknown, isFilledIn: boolean) {
  const input = useRef<HTMLInputElement>(null)
  const submit = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    if (document.activeElement === input.current && input.current?.value === typed.text) {
      input.current.setSelectionRange(typed.caret, typed.caret)
    }
  }, [typed])
  // rule H21: otherwise a program that opens a short link uses its code up
  useEffect(() => {
    if (isFilledIn) submit.current?.focus()
    else input.current?.focus()
  }, [isFilledIn])
  useEffect(() => {
    if (problem !== undefined) input.current?.focus()
  }, [problem])
  return { input, submit }
}
