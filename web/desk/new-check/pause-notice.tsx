import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { liftPause, type Person } from '../../api/help-desk.ts'
import type { Pause } from '../../api/recent.ts'
import { nearTime } from '../../check-model/times.ts'
import { t } from '../../translate/translate.ts'
import { Notice } from '../components/notice.tsx'
import { useServerNow } from '../components/use-server-now.ts'
import { useHelpDesk } from '../layout/queries.ts'
import { fullName } from '../messages/names.ts'
import { useRealm } from '../navigation/navigation.ts'
import { pauseText } from '../person/recent-texts.ts'

/** A pause as the form knows it: the server says later what was reported. */
export type KnownPause = Pick<Pause, 'until'> & Partial<Pause>

type PauseProps = {
  person: Person
  pause: KnownPause
  /** @param pausedUntil the end of the pause after a later report. */
  onLifted(pausedUntil: number | null): void
}

/** Says that checks of the person are paused, and why. Agent leads can lift the pause. */
export function PauseNotice({ person, pause, onLifted }: PauseProps) {
  const { mayLiftPauses } = useHelpDesk()
  const now = useServerNow()
  const name = fullName(person)
  const time = nearTime(pause.until, now)
  return (
    <Notice
      tone="bad"
      title={t('Checks of {name} are paused until {time}.', { name, time })}
      acts={mayLiftPauses && <LiftPause person={person} pause={pause} onLifted={onLifted} />}
    >
      {pauseText(pause, name)}
    </Notice>
  )
}

/** Lifting asks why, because later checks of the person show it. */
function LiftPause({ person, pause, onLifted }: PauseProps) {
  const realm = useRealm()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const lift = useMutation({
    mutationFn: () => liftPause(realm, person._id, { reason, until: pause.until }),
    async onSuccess(pausedUntil) {
      onLifted(pausedUntil)
      await queries.invalidateQueries({ queryKey: ['last-day'] })
    },
  })
  return (
    <div className="lift-pause stack gap-2">
      <TextInput
        size="xs"
        label={t('Why can checks go on?')}
        placeholder={t('Called back on the number on file')}
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button
        variant="default"
        size="xs"
        disabled={reason.trim() === ''}
        loading={lift.isPending}
        onClick={() => lift.mutate()}
      >
        {t('Lift the pause')}
      </Button>
      {lift.isError && <span role="alert">{t('The pause could not be lifted.')}</span>}
    </div>
  )
}
