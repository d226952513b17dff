import './top-bar.css'
import { IconHistory } from '@tabler/icons-react'
import { OfflineError } from '../../api/request.ts'
import { Mark } from '../../design/mark.tsx'
import { useLiveChecks } from '../live/live-checks.ts'
import { To } from '../navigation/link.tsx'
import { AgentMenu } from './agent-menu.tsx'
import { useOffer, useRecent } from './offer.ts'

/** Whose desk this is, whether news come by themselves, and who sits at it. */
export function TopBar() {
  const { organisation, agent } = useOffer()
  return (
    <header className="desk-top">
      <To place={{ page: 'checks' }} className="brand" aria-current={false}>
        <Mark state={{ kind: 'live', place: 2 }} />
        <b>Desk</b>
        <bdi className="organisation">{organisation}</bdi>
      </To>
      <LiveDot />
      <To place={{ page: 'history' }} className="to-history">
        <IconHistory size={16} stroke={1.75} aria-hidden />
        History
      </To>
      <AgentMenu name={agent?.displayName ?? 'Administrator'} />
    </header>
  )
}

const words = { live: 'Live', polling: 'Every 3 s', disconnected: 'Offline' }

function LiveDot() {
  const recent = useRecent()
  const worst = useLiveChecks((all) => {
    const kinds = new Set(Object.values(all).map(({ line }) => line?.kind))
    return kinds.has('disconnected') ? 'disconnected' : kinds.has('polling') ? 'polling' : 'live'
  })
  const state = recent.error instanceof OfflineError ? 'disconnected' : worst
  return (
    <span className={`live-dot ${state}`} role="status">
      {words[state]}
    </span>
  )
}
