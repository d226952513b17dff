import { Button } from '../components/button.tsx'
import { ChoiceField } from '../components/choice-field.tsx'
import { withoutTags } from '../messages/clean-text.ts'
import { isOnlyQuestion } from '../step/heading.ts'
import { inputName, numberOf, promptOf, textsOf } from '../step/inputs.ts'
import { type CallbackProps, useInput, useLayout, useStepForm } from '../step/step-form.ts'
import { translateSent, useTexts } from '../translations/texts.tsx'

const fewButtons = 4
const fewRadios = 6

/** A few choices are buttons if they are the only question, otherwise radio buttons. Many choices are a select. */
export function Choice({ callback }: CallbackProps) {
  const texts = useTexts()
  const { step } = useStepForm()
  const layout = useLayout(callback)
  const { name, value, change } = useInput(callback)
  const choices = textsOf(callback, 'choices').map((choice) => withoutTags(translateSent(texts, choice)))
  if (isChoiceOfButtons(callback, step, layout))
    return <ChoiceButtons callback={callback} choices={choices} />
  return (
    <ChoiceField
      id={name}
      label={translateSent(texts, promptOf(callback))}
      options={choices}
      chosen={Number(value ?? numberOf(callback, 'defaultChoice') ?? 0)}
      isList={layout.displayType === undefined ? choices.length > fewRadios : layout.displayType !== 'radio'}
      onChoose={change}
    />
  )
}

/** Whether the choices are buttons that submit the step. The journey's layout takes precedence. */
export function isChoiceOfButtons(
  callback: CallbackProps['callback'],
  step: Parameters<typeof isOnlyQuestion>[0],
  layout: { displayType?: string | undefined },
): boolean {
  return (
    layout.displayType === undefined &&
    isOnlyQuestion(step) &&
    textsOf(callback, 'choices').length <= fewButtons
  )
}

function ChoiceButtons({ callback, choices }: CallbackProps & { choices: readonly string[] }) {
  const { step, isBusy, send } = useStepForm()
  const preset = numberOf(callback, 'defaultChoice') ?? 0
  return (
    <fieldset className="field sheet-actions">
      <legend className={step.header ? '' : 'spoken'}>
        <bdi>{withoutTags(promptOf(callback))}</bdi>
      </legend>
      {choices.map((choice, place) => (
        <Button
          key={choice}
          kind={place === preset ? 'main' : 'plain'}
          isBusy={isBusy}
          onClick={() => send({ [inputName(callback)]: place })}
        >
          <bdi>{choice}</bdi>
        </Button>
      ))}
    </fieldset>
  )
}
