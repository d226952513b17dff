import './tabs.css'
import { IconHistory, IconList, IconPlus } from '@tabler/icons-react'
import { To } from '../navigation/link.tsx'

const places = [
  { page: 'checks', title: 'Checks', Icon: IconList },
  { page: 'new', title: 'New', Icon: IconPlus },
  { page: 'history', title: 'History', Icon: IconHistory },
] as const

/** The desk's places on a phone. */
export function Tabs() {
  return (
    <nav className="desk-tabs" aria-label="Desk">
      {places.map(({ page, title, Icon }) => (
        <To key={page} place={{ page }}>
          <Icon size={18} stroke={1.75} aria-hidden />
          {title}
        </To>
      ))}
    </nav>
  )
}
