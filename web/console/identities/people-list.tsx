import { Button } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import type { PersonRow } from '../../api/people.ts'
import { formatNumber } from '../../translate/translate.ts'
import { personName } from './person-name.ts'
import { PersonStatus } from './person-status.tsx'

type Props = {
  people: readonly PersonRow[]
  total: { count: number; isExact: boolean } | undefined
  /** Loads more. Undefined at the end of the list. */
  onMore: (() => void) | undefined
  isReadingMore: boolean
}

export function PeopleList({ people, total, onMore, isReadingMore }: Props) {
  return (
    <>
      <ul className="people panel text-note">
        {people.map((person) => (
          <Row key={person._id} person={person} />
        ))}
      </ul>
      <div className="row wrap note justify-between gap-3 above-3">
        <p role="status">{countText(people.length, total)}</p>
        {onMore !== undefined && (
          <Button variant="default" loading={isReadingMore} onClick={onMore}>
            Show more
          </Button>
        )}
      </div>
    </>
  )
}

function Row({ person }: { person: PersonRow }) {
  const search = useSearch({ from: '/identities' })
  const { _id, userName, mail, telephoneNumber, _access } = person
  return (
    <li className="hoverable align-center">
      <div className="who breaks">
        <Link
          className="text-body medium inked"
          to="/identities/$id"
          params={{ id: _id }}
          search={search}
          activeProps={{ 'aria-current': 'true' }}
        >
          <bdi>{personName(person)}</bdi>
        </Link>
        <p className="muted">
          <bdi>{userName}</bdi>
        </p>
      </div>
      <p className="mail breaks muted">
        <bdi>{mail}</bdi>
      </p>
      <p className="phone figures muted">
        <bdi>{telephoneNumber}</bdi>
      </p>
      <PersonStatus access={_access} />
    </li>
  )
}

function countText(shown: number, total: Props['total']): string {
  if (total === undefined || total.count < 0) return `${shown} shown`
  const all = total.isExact ? formatNumber(total.count) : `more than ${formatNumber(total.count)}`
  if (total.isExact && shown >= total.count) return shown === 1 ? '1 person' : `${all} people`
  return `${formatNumber(shown)} of ${all} people`
}
