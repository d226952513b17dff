import { Button } from '../components/button.tsx'
import { withoutTags } from '../messages/plain.ts'
import { isOnlyQuestion } from '../step/heading.ts'
import { inputName, isWaiting, numberOf, promptOf, textsOf } from '../step/inputs.ts'
import { passkeyQuestionOf } from '../step/recognised.ts'
import { type CallbackProps, useLayout, useStepForm } from '../step/step-form.ts'
import type { Words } from '../translations/en.ts'
import { translated, useWords } from '../translations/words.tsx'

/** What each type of options stands for, with the numbers of Java's `ConfirmationCallback`. */
const typed = {
  0: [0, 1],
  1: [0, 1, 2],
  2: [3, 2],
} as const

type Option = { value: number; text: string }

/** A decision by a button for each answer. */
export function Confirmation({ callback }: CallbackProps) {
  const words = useWords()
  const { step, isBusy, send } = useStepForm()
  const { showOnlyPositiveAnswer } = useLayout(callback)
  const all = optionsOf(callback, words)
  const options = showOnlyPositiveAnswer ? all.slice(0, 1) : all
  const prompt = withoutTags(promptOf(callback))
  const isHeading = !step.header && isOnlyQuestion(step)
  // Beside a wait or a passkey the buttons are ways out, not the answer.
  const isAside = isWaiting(step) || passkeyQuestionOf(step) !== undefined
  return (
    <fieldset className="field sheet-actions">
      <legend className={prompt === '' || isHeading ? 'spoken' : ''}>
        <bdi>{prompt || words.choose}</bdi>
      </legend>
      {options.map(({ value, text }, place) => (
        <Button
          key={value}
          type={place === 0 && !isAside ? 'submit' : 'button'}
          kind={place === 0 && !isAside ? 'main' : 'plain'}
          isBusy={isBusy}
          onClick={(event) => {
            event.preventDefault()
            send({ [inputName(callback)]: value }, isAside || place > 0)
          }}
        >
          <bdi>{text}</bdi>
        </Button>
      ))}
    </fieldset>
  )
}

function optionsOf(callback: CallbackProps['callback'], words: Words): Option[] {
  const texts = textsOf(callback, 'options')
  if (texts.length > 0) {
    return texts.map((text, value) => ({ value, text: withoutTags(translated(words, text)) }))
  }
  const names = [words.yes, words.no, words.cancel, words.ok]
  const type = numberOf(callback, 'optionType')
  const values = type === 0 || type === 1 || type === 2 ? typed[type] : typed[2]
  return values.map((value) => ({ value, text: names[value] ?? '' }))
}
