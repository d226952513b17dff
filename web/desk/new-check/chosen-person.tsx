import { Button } from '@mantine/core'
import type { Person } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
import { fullName, initials } from '../messages/names.ts'
import { PersonFacts } from './person-row.tsx'

/** The selected caller. */
export function ChosenPerson({ person, onChange }: { person: Person; onChange(): void }) {
  const name = fullName(person)
  return (
    <section className="people-search" aria-label={t('Who is calling')}>
      <p className="question">{t('Who is calling?')}</p>
      <div className="chosen">
        <span className="avatar" aria-hidden="true">
          {initials(name)}
        </span>
        <span className="who">
          <bdi className="name">{name}</bdi>
          <PersonFacts person={person} />
          <span className="facts-line">
            {person.userName !== undefined && <bdi>{person.userName}</bdi>}
            {person.department !== undefined && <bdi>{person.department}</bdi>}
          </span>
        </span>
        <Button variant="default" size="xs" onClick={onChange}>
          {t('Change')}
        </Button>
      </div>
      <span className="spoken" role="status">
        {t('{name} chosen', { name })}
      </span>
    </section>
  )
}
