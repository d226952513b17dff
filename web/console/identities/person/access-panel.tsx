import type { StoredPerson } from '../../../api/people.ts'
import { timeInText } from '../../components/relative-time.ts'
import type { OnChanged } from './person-header.tsx'
import { Roles } from './roles.tsx'

type Props = { realm: string; person: StoredPerson; onChanged: OnChanged }

/** Account status, lockout, password state and roles. */
export function AccessPanel({ realm, person, onChanged }: Props) {
  const { isActive, isLocked, lockedUntil, failedPasswords, hasPassword, mustChangePassword, kind } =
    person.access
  const facts: [title: string, text: string][] = [
    ['Account', isActive ? 'Active' : 'Inactive. This person can’t sign in.'],
    [
      'Lockout',
      isLocked && lockedUntil !== null
        ? `Locked until ${timeInText(Date.parse(lockedUntil))}, after too many wrong passwords`
        : 'Not locked',
    ],
    [
      'Wrong passwords',
      failedPasswords === 0 ? 'None since the last correct one' : `${failedPasswords} in a row`,
    ],
    ['Password', hasPassword ? 'Set' : 'Not set'],
    ['At the next sign-in', mustChangePassword ? 'The password must be changed' : 'No action required'],
    ['Identity type', kind === 'agent' ? 'Application or device' : 'Person'],
  ]
  return (
    <div className="access stack gap-4">
      <dl>
        {facts.map(([title, text]) => (
          <div className="stack gap-3 text-note" key={title}>
            <dt className="muted">{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <Roles realm={realm} person={person} onChanged={onChanged} />
    </div>
  )
}
