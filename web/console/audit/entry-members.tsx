import { getRouteApi, Link } from '@tanstack/react-router'
import type { AuditEntry } from '../../api/audit.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { printableJson } from '../../check-model/printable-json.ts'
import type { AuditSearch } from './filter.ts'

const route = getRouteApi('/audit')

type Member = { name: string; value: unknown }

/** Members that link to a search for the same value. */
const searches: Readonly<Record<string, (value: string) => AuditSearch>> = {
  'who.id': (who) => ({ who }),
  'whom.id': (whom) => ({ whom }),
  ticket: (ticket) => ({ ticket }),
  reference: (transaction) => ({ transaction }),
  eventName: (event) => ({ event }),
  correlationId: (text) => ({ text }),
}

/** All members of an entry by wire name, with links to entries with the same value. */
export function EntryMembers({ entry }: { entry: AuditEntry }) {
  const members = Object.entries(entry).flatMap(([name, value]) => flatten(name, value))
  return (
    <dl className="members block text-note">
      {members.map(({ name, value }) => (
        <div className="stack gap-3" key={name}>
          <dt className="fine mono breaks">{plainText(name)}</dt>
          <dd className="shrink breaks">
            <Value value={value} />
            <SearchLink name={name} value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Flattens nested members to paths. Lists stay one member. */
function flatten(name: string, value: unknown): Member[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ name, value }]
  return Object.entries(value).flatMap(([inner, innerValue]) => flatten(`${name}.${inner}`, innerValue))
}

function Value({ value }: { value: unknown }) {
  const texts = Array.isArray(value) ? value : [value]
  return texts.map((each, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: values never move, and two may be equal
    <bdi key={place} className="value block">
      {typeof each === 'string' ? plainText(each) : printableJson(each, true)}
    </bdi>
  ))
}

/** Link to entries of the same transaction or with the same value. */
function SearchLink({ name, value }: Member) {
  const { realm, all } = route.useSearch()
  if (name === 'trackingIds' && Array.isArray(value)) {
    const [id] = value.filter((each) => typeof each === 'string')
    return id === undefined ? null : (
      <Link className="more text-small" to="/audit" search={{ realm, all, transaction: id }}>
        Show all entries of this transaction
      </Link>
    )
  }
  const search = searches[name]
  if (search === undefined || typeof value !== 'string') return null
  return (
    <Link className="more text-small" to="/audit" search={{ realm, all, ...search(value) }}>
      Show all with the same<span className="spoken"> {name}</span>
    </Link>
  )
}
