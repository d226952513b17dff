import { t } from '../../translate/translate.ts'
import './top-bar.css'
import { IconChartBar, IconHistory, IconLayoutDashboard } from '@tabler/icons-react'
import { OfflineError } from '../../api/request.ts'
import { Mark } from '../../design/mark.tsx'
import { useLiveChecks } from '../checks/live-checks.ts'
import { Link } from '../navigation/link.tsx'
import { AgentMenu } from './agent-menu.tsx'
import { useHelpDesk, useRecentChecks } from './queries.ts'

export function TopBar() {
  const { organisation, agent, isLead } = useHelpDesk()
  return (
    <header className="desk-top row gap-4">
      <Link to={{ page: 'checks' }} className="brand row shrink inked" aria-current={false}>
        <Mark state={{ kind: 'live', place: 2 }} />
        <b className="heading-2">{t('Desk')}</b>
        <bdi className="organisation one-line muted">{organisation}</bdi>
      </Link>
      <LiveDot />
      {isLead && (
        <>
          <Link to={{ page: 'wall' }} className="to-history bare hoverable align-center text-note inked">
            <IconLayoutDashboard size={16} stroke={1.75} aria-hidden />
            {t('Wall')}
          </Link>
          <Link to={{ page: 'numbers' }} className="to-history bare hoverable align-center text-note inked">
            <IconChartBar size={16} stroke={1.75} aria-hidden />
            {t('Numbers')}
          </Link>
        </>
      )}
      <Link to={{ page: 'history' }} className="to-history bare hoverable align-center text-note inked">
        <IconHistory size={16} stroke={1.75} aria-hidden />
        {t('History')}
      </Link>
      <AgentMenu name={agent?.displayName ?? t('Administrator')} />
    </header>
  )
}

const labels = { live: 'Live', polling: 'Every 3 s', disconnected: 'Offline' } as const

function LiveDot() {
  const recent = useRecentChecks()
  const worst = useLiveChecks((all) => {
    const kinds = new Set(Object.values(all).map(({ status }) => status?.kind))
    return kinds.has('disconnected') ? 'disconnected' : kinds.has('polling') ? 'polling' : 'live'
  })
  const state = recent.error instanceof OfflineError ? 'disconnected' : worst
  return (
    <span className={`note align-center nowrap live-dot ${state}`} role="status">
      {t(labels[state])}
    </span>
  )
}
