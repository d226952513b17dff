import './numbered-choice.css'
import type { KeyboardEvent, ReactNode } from 'react'
import { shortcutKey } from '../layout/shortcut-key.ts'
import type { DraftPart } from './check-draft.ts'

export type NumberedOption<T> = {
  key: string
  value: T
  title: string
  note?: ReactNode
}

type ChoiceProps<T> = {
  part: DraftPart
  legend: string
  options: readonly NumberedOption<T>[]
  chosen: T | undefined
  isWide?: boolean
  /** False while the order may still change: no key chooses. */
  hasNumbers?: boolean
  /** Shown between the question and the choices. */
  lead?: ReactNode
  /** Shown after the choices. */
  rest?: ReactNode
  onChoose(value: T): void
  /** Called after a choice by number: the agent goes on with the next question. */
  onNumber(): void
}

/** Radio buttons that can also be chosen by the keys 1 to 9 while one of them has the focus. */
export function NumberedChoice<T>(props: ChoiceProps<T>) {
  const { part, legend, options, chosen, isWide = false, hasNumbers = true } = props
  const { lead, rest, onChoose, onNumber } = props
  const press = (event: KeyboardEvent) => {
    const key = shortcutKey(event)
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(key)) return
    // The number would otherwise open a running check.
    event.preventDefault()
    const option = hasNumbers ? options[Number(key) - 1] : undefined
    if (option === undefined) return
    onChoose(option.value)
    onNumber()
  }
  return (
    <fieldset className="choice" data-part={part} onKeyDown={press}>
      <legend className="question block below-2 text-read strong">{legend}</legend>
      {lead}
      <div className={isWide ? 'choices wide stack gap-2' : 'choices stack gap-2'}>
        {options.map(({ key, value, title, note }, index) => (
          <label className="row medium" key={key}>
            <input type="radio" name={part} checked={value === chosen} onChange={() => onChoose(value)} />
            <span className="words grow breaks">
              <bdi>{title}</bdi>
              {note}
            </span>
            {hasNumbers && index < 9 && (
              <span className="number rigid text-small faint" aria-hidden="true">
                {index + 1}
              </span>
            )}
          </label>
        ))}
      </div>
      {rest}
    </fieldset>
  )
}
