import type { Person } from '../../api/help-desk.ts'
import { initialsOf, nameOf } from '../messages/names.ts'

type RowProps = {
  id: string
  person: Person
  /** What was typed; it is marked. */
  words: string
  isSelected: boolean
  onPoint(): void
  onChoose(): void
}

/** Somebody who was found. The keys are those of the field above. */
export function PersonRow({ id, person, words, isSelected, onPoint, onChoose }: RowProps) {
  const name = nameOf(person)
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
    <div
      id={id}
      role="option"
      aria-selected={isSelected}
      onPointerMove={onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className="avatar" aria-hidden="true">
        {initialsOf(name)}
      </span>
      <span className="who">
        <bdi className="name">
          <Marked text={name} words={words} />
        </bdi>
        <PersonFacts person={person} />
      </span>
      <span className="side">
        {person.accountStatus === 'inactive' && <b>Inactive</b>}
        {person.department !== undefined && <bdi>{person.department}</bdi>}
      </span>
    </div>
  )
}

/** Mail address and masked number of a person. */
export function PersonFacts({ person }: { person: Person }) {
  const { mail, userName, telephoneNumber } = person
  return (
    <span className="facts-line">
      <bdi>{mail ?? userName ?? ''}</bdi>
      {telephoneNumber !== undefined && (
        <span className="figures">phone ending {endOf(telephoneNumber)}</span>
      )}
      {!person.hasMail && <span>no mail address on file</span>}
    </span>
  )
}

function endOf(maskedNumber: string): string {
  return maskedNumber.replace(/^[•\s]+/, '')
}

function Marked({ text, words }: { text: string; words: string }) {
  const wanted = words.toLowerCase().split(/\s+/)
  return text.split(/(\s+)/).map((word, index) => {
    const start = wanted.find((each) => each !== '' && word.toLowerCase().startsWith(each)) ?? ''
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: words of one name never move
      <span key={index}>
        {start !== '' && <mark>{word.slice(0, start.length)}</mark>}
        {word.slice(start.length)}
      </span>
    )
  })
}
