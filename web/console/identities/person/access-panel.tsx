import type { StoredPerson } from '../../../api/people.ts'
import { formatTime } from '../person-status.tsx'
import type { OnChanged } from './person-header.tsx'
import { Roles } from './roles.tsx'

type Props = { realm: string; person: StoredPerson; onChanged: OnChanged }

/** Whether somebody can sign in, why not, and what they may do. */
export function AccessPanel({ realm, person, onChanged }: Props) {
  const { isActive, isLocked, lockedUntil, failedPasswords, hasPassword, mustChangePassword, kind } =
    person.access
  const facts: [title: string, fact: string][] = [
    ['Account', isActive ? 'Active' : 'Inactive: nobody can sign in with it'],
    [
      'Lockout',
      isLocked && lockedUntil !== null
        ? `Locked until ${formatTime(lockedUntil)}, after too many wrong passwords`
        : 'Not locked',
    ],
    [
      'Wrong passwords',
      failedPasswords === 0 ? 'None since the last right one' : `${failedPasswords} in a row`,
    ],
    ['Password', hasPassword ? 'Set' : 'None: they sign in another way, or not yet'],
    [
      'At the next sign-in',
      mustChangePassword ? 'The password has to be changed' : 'Nothing has to be changed',
    ],
    ['Kind', kind === 'agent' ? 'An application or a device' : 'A person'],
  ]
  return (
    <div className="access">
      <dl>
        {facts.map(([title, fact]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      <Roles realm={realm} person={person} onChanged={onChanged} />
    </div>
  )
}
