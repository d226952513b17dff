import { useState } from 'react'
import { outputOf } from '../../api/authenticate.ts'
import { Field } from '../components/field.tsx'
import { withoutTags } from '../messages/plain.ts'
import { callbacksOf, inputName, promptOf, textsOf } from '../step/inputs.ts'
import { type CallbackProps, useInput, useStepForm } from '../step/step-form.ts'
import { fill, useWords } from '../translations/words.tsx'

/** What the list calls a question that somebody thinks up. No question of a realm is empty. */
const own = ''

/** A security question out of the realm's, or one's own, and its answer. No question is asked twice. */
export default function KbaCreate({ callback }: CallbackProps) {
  const words = useWords()
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
  const label = fill(words.question, { number: all.length > 1 ? place + 1 : '' }).trim()
  return (
    <fieldset className="field">
      <legend className={place === 0 ? '' : 'spoken'}>
        <bdi>{withoutTags(promptOf(callback))}</bdi>
      </legend>
      {questions.length > 0 && (
        <Field id={`${question.name}-list`} label={label} errors={isMissing && !isOwn ? [words.fillIn] : []}>
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
              {!isOwn && question.text === '' && <option value="-">{words.choose}</option>}
              {free.map((each) => (
                <option key={each}>{each}</option>
              ))}
              {mayWrite && <option value={own}>{words.ownQuestion}</option>}
            </select>
          )}
        </Field>
      )}
      {(isOwn || questions.length === 0) && (
        <Line callback={callback} suffix="question" label={words.yourQuestion} />
      )}
      <Line callback={callback} suffix="answer" label={words.answer} />
    </fieldset>
  )
}

function Line({ callback, suffix, label }: CallbackProps & { suffix: string; label: string }) {
  const words = useWords()
  const { wasSentBack } = useStepForm()
  const { name, text, change } = useInput(callback, suffix)
  return (
    <Field id={name} label={label} errors={wasSentBack && text.trim() === '' ? [words.fillIn] : []}>
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
