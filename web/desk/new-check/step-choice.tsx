import './numbered-choice.css'
import { useId } from 'react'
import { type Callback, outputOf } from '../../api/authenticate.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { choiceNotes } from './choice-notes.ts'

type ChoiceProps = {
  callback: Callback
  label: string
  /** The description of the page, which may have a remark for each choice. */
  description: string | undefined
  onChange(value: unknown): void
}

/** A choice of the journey, as radio buttons with the remark of each. */
export function StepChoice({ callback, label, description, onChange }: ChoiceProps) {
  const name = useId()
  const choices = choicesOf(callback)
  const { notes } = choiceNotes(description, choices)
  const chosen = Number(callback.input[0]?.value ?? 0)
  return (
    <fieldset className="choice">
      <legend className="below-2 strong">{label}</legend>
      <div className="choices wide stack gap-2">
        {choices.map((choice, index) => (
          <label className="row medium" key={choice}>
            <input type="radio" name={name} checked={index === chosen} onChange={() => onChange(index)} />
            <span className="words grow breaks">
              <bdi>{plainText(choice)}</bdi>
              {notes[index] !== undefined && (
                <small className="note block regular">
                  <bdi>{plainText(notes[index])}</bdi>
                </small>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** The texts of a choice or confirmation; empty for other callbacks. */
export function choicesOf(callback: Callback): string[] {
  const options = outputOf(callback, 'choices') ?? outputOf(callback, 'options')
  return Array.isArray(options) ? options.map(String) : []
}
