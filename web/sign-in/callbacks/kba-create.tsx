import { useState } from 'react'
import { outputOf } from '../../api/authenticate.ts'
import { Field } from '../components/field.tsx'
import { withoutTags } from '../messages/clean-text.ts'
import { callbacksOf, inputName, promptOf, textsOf } from '../step/inputs.ts'
import { type CallbackProps, useInput, useStepForm } from '../step/step-form.ts'
import { fill, useTexts } from '../translations/texts.tsx'

/** The select's value for a custom question. Questions of the realm are never empty. */
const own = ''

/** A security question, from the realm's list or custom, with its answer. Each question can be chosen once. */
export default function KbaCreate({ callback }: CallbackProps) {
  const texts = useTexts()
  const { step, values, wasSentBack } = useStepForm()
  const question = useInput(callback, 'question')
  const all = callbacksOf(step, 'KbaCreateCallback')
  const place = all.indexOf(callback)
  const taken = all
    .filter((each) => each !== callback)
    .map((each) => String(values[inputName(each, 'question')] ?? ''))
  const questions = textsOf(callback, 'predefinedQuestions')
  const free = questions.filter((each) => each === question.text || !taken.includes(each))
  const mayWrite = outputOf(callback, 'allowUserDefinedQuestions') !== false || questions.length === 0
  const [isOwn, setIsOwn] = useState(question.text !== '' && !questions.includes(question.text))
  const isMissing = wasSentBack && question.text.trim() === ''
  const label = fill(texts.question, { number: all.length > 1 ? place + 1 : '' }).trim()
  return (
    <fieldset className="field">
      <legend className={place === 0 ? '' : 'spoken'}>
        <bdi>{withoutTags(promptOf(callback))}</bdi>
      </legend>
      {questions.length > 0 && (
        <Field id={`${question.name}-list`} label={label} errors={isMissing && !isOwn ? [texts.fillIn] : []}>
          {(control) => (
            <select
              {...control}
              className="field-input"
              value={isOwn ? own : question.text || '-'}
              onChange={(event) => {
                setIsOwn(event.currentTarget.value === own)
                question.change(event.currentTarget.value)
              }}
            >
              {!isOwn && question.text === '' && <option value="-">{texts.choose}</option>}
              {free.map((each) => (
                <option key={each}>{each}</option>
              ))}
              {mayWrite && <option value={own}>{texts.ownQuestion}</option>}
            </select>
          )}
        </Field>
      )}
      {(isOwn || questions.length === 0) && (
        <Line callback={callback} suffix="question" label={texts.yourQuestion} />
      )}
      <Line callback={callback} suffix="answer" label={texts.answer} />
    </fieldset>
  )
}

function Line({ callback, suffix, label }: CallbackProps & { suffix: string; label: string }) {
  const texts = useTexts()
  const { wasSentBack } = useStepForm()
  const { name, text, change } = useInput(callback, suffix)
  return (
    <Field id={name} label={label} errors={wasSentBack && text.trim() === '' ? [texts.fillIn] : []}>
      {(control) => (
        <input
          {...control}
          className="field-input"
          type="text"
          name={name}
          dir="auto"
          autoComplete="off"
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
