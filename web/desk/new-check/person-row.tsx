import type { Person } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
import { fullName, initials } from '../messages/names.ts'

type RowProps = {
  id: string
  person: Person
  /** The parts of the name that match are highlighted. */
  searchedText: string
  isSelected: boolean
  onPoint(): void
  onChoose(): void
}

/** A search result. The search field handles its keyboard. */
export function PersonRow({ id, person, searchedText, isSelected, onPoint, onChoose }: RowProps) {
  const name = fullName(person)
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field handles the keyboard
    <div
      id={id}
      role="option"
      aria-selected={isSelected}
      onPointerMove={onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className="avatar stack place-center rigid muted text-small strong" aria-hidden="true">
        {initials(name)}
      </span>
      <span className="who stack items-start shrink">
        <bdi className="name strong breaks">
          <Highlighted text={name} searchedText={searchedText} />
        </bdi>
        <PersonFacts person={person} />
      </span>
      <span className="side stack note">
        {person.accountStatus === 'inactive' && <b className="medium ink-warn">{t('Inactive')}</b>}
        {person.department !== undefined && <bdi>{person.department}</bdi>}
      </span>
    </div>
  )
}

/** Email address and masked phone number of a person. */
export function PersonFacts({ person }: { person: Person }) {
  const { mail, userName, telephoneNumber } = person
  return (
    <span className="facts-line wrap note">
      <bdi>{mail ?? userName ?? ''}</bdi>
      {telephoneNumber !== undefined && (
        <span className="figures">
          {t('phone ending {digits}', { digits: withoutMask(telephoneNumber) })}
        </span>
      )}
      {!person.hasMail && <span>{t('no email address on file')}</span>}
    </span>
  )
}

function withoutMask(maskedNumber: string): string {
  return maskedNumber.replace(/^[•\s]+/, '')
}

function Highlighted({ text, searchedText }: { text: string; searchedText: string }) {
  const prefixes = searchedText.toLowerCase().split(/\s+/)
  return text.split(/(\s+)/).map((word, index) => {
    const start = prefixes.find((each) => each !== '' && word.toLowerCase().startsWith(each)) ?? ''
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the words of a name don't change their order
      <span key={index}>
        {start !== '' && <mark>{word.slice(0, start.length)}</mark>}
        {word.slice(start.length)}
      </span>
    )
  })
}
