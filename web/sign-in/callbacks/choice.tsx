import { Button } from '../components/button.tsx'
import { Picks } from '../components/picks.tsx'
import { withoutTags } from '../messages/plain.ts'
import { isOnlyQuestion } from '../step/heading.ts'
import { inputName, numberOf, promptOf, textsOf } from '../step/inputs.ts'
import { type CallbackProps, useInput, useLayout, useStepForm } from '../step/step-form.ts'
import { translated, useWords } from '../translations/words.tsx'

const fewButtons = 4
const fewRadios = 6

/** One of several. A few that are the whole question are buttons, a few among other questions are shown at once. */
export function Choice({ callback }: CallbackProps) {
  const words = useWords()
  const { step } = useStepForm()
  const layout = useLayout(callback)
  const { name, value, change } = useInput(callback)
  const choices = textsOf(callback, 'choices').map((choice) => withoutTags(translated(words, choice)))
  if (isChoiceOfButtons(callback, step, layout))
    return <ChoiceButtons callback={callback} choices={choices} />
  return (
    <Picks
      id={name}
      label={translated(words, promptOf(callback))}
      options={choices}
      chosen={Number(value ?? numberOf(callback, 'defaultChoice') ?? 0)}
      isList={layout.displayType === undefined ? choices.length > fewRadios : layout.displayType !== 'radio'}
      onChoose={change}
    />
  )
}

/** Whether pressing a choice is the answer. A layout that the journey asks for is kept to. */
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
