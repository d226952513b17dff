import {
  IconBinaryTree,
  IconCode,
  IconDevices,
  IconFileDescription,
  IconPuzzle,
  IconSettings,
  IconTransfer,
  IconUsers,
  IconWorld,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'

/** What the console is for, in the order in which people need it. */
const places = [
  { to: '/journeys', title: 'Journeys', Icon: IconBinaryTree },
  { to: '/custom-nodes', title: 'Custom nodes', Icon: IconPuzzle },
  { to: '/scripts', title: 'Scripts', Icon: IconCode },
  { to: '/transactions', title: 'Transactions', Icon: IconTransfer },
  { to: '/identities', title: 'Identities', Icon: IconUsers },
  { to: '/sessions', title: 'Sessions', Icon: IconDevices },
  { to: '/audit', title: 'Audit', Icon: IconFileDescription },
  { to: '/realm', title: 'Realm', Icon: IconSettings },
  { to: '/realms', title: 'Realms', Icon: IconWorld },
] as const

export function Navigation({ realm, isSlim }: { realm: string; isSlim: boolean }) {
  return (
    <nav className="navigation" aria-label="Console">
      {places.map(({ to, title, Icon }) => (
        <Link key={to} to={to} search={{ realm }} className="place" activeProps={{ 'aria-current': 'page' }}>
          <Icon size={18} stroke={1.75} aria-hidden />
          <span className={isSlim ? 'spoken' : undefined}>{title}</span>
        </Link>
      ))}
    </nav>
  )
}
