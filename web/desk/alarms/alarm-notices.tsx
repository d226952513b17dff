import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type Alarm, acknowledgeAlarm, listAlarms } from '../../api/alarms.ts'
import { t } from '../../translate/translate.ts'
import { Notice } from '../components/notice.tsx'
import { useHelpDesk } from '../layout/queries.ts'
import { useRealm } from '../navigation/navigation.ts'
import { notify, seeNews } from '../notifications/news.ts'
import { alarmTexts } from './alarm-texts.ts'

/** Alarms stay on every page of every lead until one of them acknowledges them. */
export function AlarmNotices() {
  return useHelpDesk().isLead ? <LeadsAlarms /> : null
}

function LeadsAlarms() {
  const realm = useRealm()
  const { data = [], isSuccess } = useQuery({
    queryKey: ['alarms', realm],
    queryFn: ({ signal }) => listAlarms(realm, signal),
    refetchInterval: 5_000,
    refetchIntervalInBackground: true,
  })
  useNewsOfAlarms(isSuccess ? data : undefined)
  if (data.length === 0) return null
  return (
    <div className="rejections stack gap-2 below-4">
      {data.map((alarm) => (
        <AlarmNotice key={alarm._id} alarm={alarm} />
      ))}
    </div>
  )
}

/** Alarms that were there when the page was opened are no news. */
function useNewsOfAlarms(alarms: readonly Alarm[] | undefined): void {
  const known = useRef<ReadonlySet<string>>(undefined)
  useEffect(() => {
    if (alarms === undefined) return
    for (const alarm of alarms) {
      if (known.current?.has(alarm._id) !== false) continue
      const { title } = alarmTexts(alarm)
      notify({ key: `alarm ${alarm._id}`, title, tone: 'bad', isOnPage: true, to: { page: 'wall' } })
    }
    known.current = new Set(alarms.map(({ _id }) => _id))
    if (alarms.length === 0) seeNews(({ page }) => page === 'wall')
  }, [alarms])
}

function AlarmNotice({ alarm }: { alarm: Alarm }) {
  const realm = useRealm()
  const queries = useQueryClient()
  const [hasFailed, setHasFailed] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const { title, text } = alarmTexts(alarm)
  const acknowledge = async () => {
    setIsBusy(true)
    const isRead = await acknowledgeAlarm(realm, alarm._id).then(
      () => true,
      () => false,
    )
    setHasFailed(!isRead)
    await queries.invalidateQueries({ queryKey: ['alarms'] })
    setIsBusy(false)
  }
  return (
    <Notice
      tone="bad"
      title={title}
      acts={
        alarm.mayAcknowledge && (
          <Button
            variant="filled"
            color="bad"
            size="xs"
            loading={isBusy}
            aria-label={t('Acknowledge: {title}', { title })}
            onClick={acknowledge}
          >
            {t('Acknowledge')}
          </Button>
        )
      }
    >
      {text}
      {!alarm.mayAcknowledge &&
        ` ${t('You are involved, so another lead or an administrator has to acknowledge it.')}`}
      {hasFailed && ` ${t('It could not be acknowledged. Try again.')}`}
    </Notice>
  )
}
