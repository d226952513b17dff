import './person-status.css'
import { IconKey, IconLock, IconPlayerPause } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Access } from '../../api/people.ts'
import { timeInText } from '../components/relative-time.ts'
import { roleTitle } from './role-titles.ts'

/** Account status and roles as chips. */
export function PersonStatus({ access }: { access: Access }) {
  const { isActive, isLocked, lockedUntil, mustChangePassword, roles } = access
  const isNormal = isActive && !isLocked
  return (
    <span className="person-status row wrap gap-1">
      {isNormal && <span className="plain note">Active</span>}
      {!isActive && (
        <Chip kind="idle" icon={<IconPlayerPause size={14} stroke={1.75} aria-hidden />}>
          Inactive
        </Chip>
      )}
      {isLocked && (
        <Chip kind="warn" icon={<IconLock size={14} stroke={1.75} aria-hidden />}>
          {lockedUntil === null ? 'Locked' : `Locked until ${timeInText(Date.parse(lockedUntil))}`}
        </Chip>
      )}
      {mustChangePassword && (
        <Chip kind="accent" icon={<IconKey size={14} stroke={1.75} aria-hidden />}>
          Must change password
        </Chip>
      )}
      {roles.map((role) => (
        <Chip key={role} kind="role">
          {roleTitle(role)}
        </Chip>
      ))}
    </span>
  )
}

type ChipProps = { kind: 'idle' | 'warn' | 'accent' | 'role'; icon?: ReactNode; children: ReactNode }

function Chip({ kind, icon, children }: ChipProps) {
  return (
    <span className={`chip ${kind}`}>
      {icon}
      <bdi>{children}</bdi>
    </span>
  )
}
