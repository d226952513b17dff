import './wall-page.css'
import { Button } from '@mantine/core'
import { IconChartBar, IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { readNumbers } from '../../api/leads.ts'
import { signInUrl } from '../../api/own-session.ts'
import { clockTime } from '../../check-model/times.ts'
import { formatNumber, t } from '../../translate/translate.ts'
import { Notice } from '../components/notice.tsx'
import { Tile } from '../components/tile.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useHelpDesk } from '../layout/queries.ts'
import { Link } from '../navigation/link.tsx'
import { useRealm } from '../navigation/navigation.ts'
import { notVerified, periodOf, spokenMs } from '../numbers/numbers-model.ts'
import { AwaitedRows } from './awaited-rows.tsx'
import { DenseRows } from './dense-rows.tsx'
import { sortByNeed } from './need.ts'
import { type LiveWall, useWall } from './use-wall.ts'
import { WallRows } from './wall-rows.tsx'

/** All running checks of all agents, those that need a lead first. Made for a screen on the wall, and for a phone. */
export function WallPage() {
  const wall = useWall()
  const { agent } = useHelpDesk()
  useDocumentTitle(t('Wall · Desk'))
  return (
    <section className="wall stack gap-5">
      <header className="row wrap">
        <h1 className="heading-1">{t('Wall')}</h1>
        <WallStatus wall={wall} />
        {agent !== null && (
          <Link to={{ page: 'new' }} className="to-new align-center">
            <IconPlus size={16} stroke={2} aria-hidden />
            {t('New check')}
          </Link>
        )}
        <Link to={{ page: 'numbers' }} className="to-numbers">
          <IconChartBar size={16} stroke={1.75} aria-hidden />
          {t('Numbers')}
        </Link>
      </header>
      <WallContent wall={wall} />
    </section>
  )
}

/** Says so when the wall may be wrong. */
function WallStatus({ wall }: { wall: LiveWall }) {
  return (
    <p className="wall-status text-read strong ink-warn" role="status">
      {wall.kind === 'open' && wall.staleSince !== undefined && (
        <span>{t('May be out of date: last read at {time}', { time: clockTime(wall.staleSince) })}</span>
      )}
    </p>
  )
}

function WallContent({ wall }: { wall: LiveWall }) {
  switch (wall.kind) {
    case 'loading':
      return null
    case 'failed':
      return (
        <Notice tone="bad" title={t('The wall could not be read.')} onRetry={wall.retry}>
          {t('The server cannot be reached. The page tries again every two seconds.')}
        </Notice>
      )
    case 'closed':
      return <ClosedWall {...wall} />
    default:
      return <OpenWall {...wall} />
  }
}

/** More checks than that don't fit on a screen as cards. */
const denseFrom = 24

function OpenWall({ rows, hasMore, awaited, now, staleSince }: Extract<LiveWall, { kind: 'open' }>) {
  const checks = sortByNeed(rows, now)
  const needy = checks.filter(({ need }) => need !== undefined)
  const others = checks.filter(({ need }) => need === undefined)
  const running = rows.filter(({ ending }) => ending === null).length
  return (
    <div className={staleSince === undefined ? 'wall-content stack gap-5' : 'wall-content stale stack gap-5'}>
      <WallTiles
        running={hasMore ? `${formatNumber(running)}+` : formatNumber(running)}
        needy={needy.length}
        now={now}
      />
      <WallRows
        id="needy"
        title={t('Needs attention')}
        checks={needy}
        now={now}
        none={t('Nothing needs attention.')}
      />
      <AwaitedRows awaited={awaited} now={now} />
      {others.length > denseFrom ? (
        <DenseRows checks={others} now={now} />
      ) : (
        <WallRows
          id="others"
          title={t('In progress')}
          checks={others}
          now={now}
          none={t('No other checks are in progress.')}
        />
      )}
      {hasMore && <p className="note">{t('There are more checks. The wall shows 500.')}</p>}
    </div>
  )
}

/** Says why the wall is empty. */
function ClosedWall({ isSignedOut, wasOpen }: Extract<LiveWall, { kind: 'closed' }>) {
  const realm = useRealm()
  const signIn = () => location.assign(signInUrl(realm, location.pathname + location.search))
  return (
    <div className="wall-closed stack gap-3 text-center" role="alert">
      <h2>{titleOf(isSignedOut, wasOpen)}</h2>
      <p className="muted">
        {isSignedOut
          ? t('Your session has ended. Sign in again to see the checks.')
          : t('Only leads see the checks of all agents. Ask an administrator for the role “agent-lead”.')}
      </p>
      {isSignedOut && <Button onClick={signIn}>{t('Sign in')}</Button>}
    </div>
  )
}

function titleOf(isSignedOut: boolean, wasOpen: boolean): string {
  if (isSignedOut) return t('You are signed out')
  return wasOpen ? t('You are no longer a lead') : t('The wall is for leads')
}

type WallTilesProps = { running: string; needy: number; now: number }

const refreshMs = 15_000

/** The counts at the top. "Today" is a day of the browser's time zone, by the server's clock. */
function WallTiles({ running, needy, now }: WallTilesProps) {
  const realm = useRealm()
  const today = periodOf('today', now)
  const { data } = useQuery({
    queryKey: ['wall-numbers', realm, today.from],
    queryFn: ({ signal }) => readNumbers(realm, today, signal),
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  const total = data?.total
  const countOf = (count: number | undefined) => (count === undefined ? '–' : formatNumber(count))
  return (
    <dl className="tiles stack gap-3">
      <Tile label={t('Running')} value={running} />
      <Tile label={t('Need attention')} value={formatNumber(needy)} tone={needy > 0 ? 'warn' : undefined} />
      <Tile label={t('Identity proven today')} value={countOf(total?.endings.approved)} />
      <Tile label={t('Not verified today')} value={countOf(total && notVerified(total))} />
      <Tile label={t('Expired today')} value={countOf(total?.endings.expired)} />
      <Tile label={t('Median time to proof')} value={spokenMs(total?.toVerified.median ?? null)} />
    </dl>
  )
}
