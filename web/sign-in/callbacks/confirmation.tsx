import { Button } from '../components/button.tsx'
import { withoutTags } from '../messages/clean-text.ts'
import { isOnlyQuestion } from '../step/heading.ts'
import { inputName, isPolling, numberOf, promptOf, textsOf } from '../step/inputs.ts'
import { passkeyRequestOf } from '../step/special-steps.ts'
import { type CallbackProps, useLayout, useStepForm } from '../step/step-form.ts'
import type { Texts } from '../translations/texts.tsx'
import { translateSent, useTexts } from '../translations/texts.tsx'

/** Options of each option type, numbered as in Java's `ConfirmationCallback`. */
const typed = {
  0: [0, 1],
  1: [0, 1, 2],
  2: [3, 2],
} as const

type Option = { value: number; text: string }

/** A button for each option. */
export function Confirmation({ callback }: CallbackProps) {
  const texts = useTexts()
  const { step, isBusy, send } = useStepForm()
  const { showOnlyPositiveAnswer } = useLayout(callback)
  const all = optionsOf(callback, texts)
  const options = showOnlyPositiveAnswer ? all.slice(0, 1) : all
  const prompt = withoutTags(promptOf(callback))
  const isHeading = !step.header && isOnlyQuestion(step)
  // On polling and passkey pages, the buttons are alternatives to the main action.
  const isAside = isPolling(step) || passkeyRequestOf(step) !== undefined
  return (
    <fieldset className="field sheet-actions">
      <legend className={prompt === '' || isHeading ? 'spoken' : ''}>
        <bdi>{prompt || texts.choose}</bdi>
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

function optionsOf(callback: CallbackProps['callback'], texts: Texts): Option[] {
  const labels = textsOf(callback, 'options')
  if (labels.length > 0) {
    return labels.map((text, value) => ({ value, text: withoutTags(translateSent(texts, text)) }))
  }
  const names = [texts.yes, texts.no, texts.cancel, texts.ok]
  const type = numberOf(callback, 'optionType')
  const values = type === 0 || type === 1 || type === 2 ? typed[type] : typed[2]
  return values.map((value) => ({ value, text: names[value] ?? '' }))
}
