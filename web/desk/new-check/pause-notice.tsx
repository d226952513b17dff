import { TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { liftPause, type Person } from '../../api/help-desk.ts'
import { shortTime } from '../../check-model/times.ts'
import { t } from '../../translate/translate.ts'
import { Notice } from '../components/notice.tsx'
import { useHelpDesk } from '../layout/queries.ts'
import { fullName } from '../messages/names.ts'
import { useRealm } from '../navigation/navigation.ts'

/** Says that checks of the person are paused. Agent leads can lift the pause. */
export function PauseNotice({
  person,
  until,
  onLifted,
}: {
  person: Person
  until: number
  onLifted(): void
}) {
  const realm = useRealm()
  const { mayLiftPauses } = useHelpDesk()
  const [reason, setReason] = useState('')
  const lift = useMutation({ mutationFn: () => liftPause(realm, person._id, reason), onSuccess: onLifted })
  const canLift = mayLiftPauses && reason.trim() !== ''
  const retry = canLift ? { onRetry: () => lift.mutate(), retry: t('Lift the pause') } : {}
  return (
    <Notice
      tone="bad"
      title={t('Checks of {name} are paused until {time}.', {
        name: fullName(person),
        time: shortTime(until),
      })}
      {...retry}
    >
      {t('The person in the last check pressed “This is not me”. Treat this call as an attack.')}
      {mayLiftPauses && (
        <TextInput
          label={t('Why can checks go on?')}
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {lift.isError && ` ${t('The pause could not be lifted.')}`}
    </Notice>
  )
}
