import { IconAlertTriangle, IconClock } from '@tabler/icons-react'
import type { Recent } from '../../api/recent.ts'
import { t } from '../../translate/translate.ts'
import { useServerNow } from '../components/use-server-now.ts'
import { recentParts } from './recent-texts.ts'
import './recent-strip.css'

type StripProps = {
  recent: Recent | undefined
  /** The reference of the check on the page, which says itself what happens to it. */
  own?: string
}

/** Results, reports and lifted pauses of the person in the last 24 hours. Absent without any. */
export function RecentStrip({ recent, own }: StripProps) {
  const now = useServerNow()
  if (recent === undefined) return null
  const { parts, isAlarm } = recentParts(recent, now, own)
  if (parts.length === 0) return null
  const Icon = isAlarm ? IconAlertTriangle : IconClock
  return (
    <section
      className={
        isAlarm
          ? 'recent-strip alarm text-note ink-alarm flex gap-2 pad-2'
          : 'recent-strip note flex gap-2 pad-2'
      }
      aria-label={t('Last 24 hours')}
    >
      <Icon className="rigid above-2px" size={16} stroke={1.75} aria-hidden />
      <p className="wrap shrink breaks" role="status">
        <b>{t('Last 24 hours')}</b>
        {parts.map((part) => (
          <bdi key={part}>{part}</bdi>
        ))}
      </p>
    </section>
  )
}
