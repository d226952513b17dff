import './tabs.css'
import { IconHistory, IconList, IconPlus } from '@tabler/icons-react'
import { Link } from '../navigation/link.tsx'

const tabs = [
  { page: 'checks', title: 'Checks', Icon: IconList },
  { page: 'new', title: 'New', Icon: IconPlus },
  { page: 'history', title: 'History', Icon: IconHistory },
] as const

/** Navigation on phones. */
export function Tabs() {
  return (
    <nav className="desk-tabs" aria-label="Desk">
      {tabs.map(({ page, title, Icon }) => (
        <Link key={page} to={{ page }}>
          <Icon size={18} stroke={1.75} aria-hidden />
          {title}
        </Link>
      ))}
    </nav>
  )
}
