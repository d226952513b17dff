import { t } from '../../translate/translate.ts'
import './tabs.css'
import { IconHistory, IconLayoutDashboard, IconList, IconPlus } from '@tabler/icons-react'
import { Link } from '../navigation/link.tsx'
import { useHelpDesk } from './queries.ts'

const tabs = [
  { page: 'checks', title: 'Checks', Icon: IconList },
  { page: 'new', title: 'New', Icon: IconPlus },
  { page: 'wall', title: 'Wall', Icon: IconLayoutDashboard },
  { page: 'history', title: 'History', Icon: IconHistory },
] as const

/** Navigation on phones. */
export function Tabs() {
  const { isLead, agent } = useHelpDesk()
  const shown = tabs.filter(({ page }) => (isLead || page !== 'wall') && (agent !== null || page !== 'new'))
  return (
    <nav className="desk-tabs" aria-label={t('Desk')}>
      {shown.map(({ page, title, Icon }) => (
        <Link key={page} to={{ page }}>
          <Icon size={18} stroke={1.75} aria-hidden />
          {t(title)}
        </Link>
      ))}
    </nav>
  )
}
