import { withoutTags } from '../messages/clean-text.ts'
import { Field } from './field.tsx'

type ChoiceFieldProps = {
  id: string
  label: string
  options: readonly string[]
  chosen: number
  /** Shows a select instead of radio buttons, for many options. */
  isList: boolean
  onChoose(index: number): void
}

/** A choice by index. */
export function ChoiceField({ id, label, options, chosen, isList, onChoose }: ChoiceFieldProps) {
  if (isList) {
    return (
      <Field id={id} label={label}>
        {(control) => (
          <select
            {...control}
            className="field-input"
            value={chosen}
            onChange={(event) => onChoose(Number(event.currentTarget.value))}
          >
            {options.map((option, place) => (
              <option key={option} value={place}>
                {option}
              </option>
            ))}
          </select>
        )}
      </Field>
    )
  }
  return (
    <fieldset className="field">
      <legend>
        <bdi>{withoutTags(label)}</bdi>
      </legend>
      <div className="field-picks">
        {options.map((option, place) => (
          <label key={option} className={place === chosen ? 'field-pick chosen' : 'field-pick'}>
            <input
              type="radio"
              name={id}
              value={place}
              checked={place === chosen}
              onChange={() => onChoose(place)}
            />
            <bdi>{option}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
