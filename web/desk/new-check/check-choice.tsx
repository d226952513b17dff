import { IconAlertTriangle } from '@tabler/icons-react'
import type { OfferedCheck } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
import { Notice } from '../components/notice.tsx'
import type { CheckFit } from './check-fit.ts'
import { type InsufficientCheck, InsufficientChecks } from './insufficient-checks.tsx'
import { NumberedChoice } from './numbered-choice.tsx'

type CheckProps = {
  /** In the order of the realm's settings. */
  checks: readonly OfferedCheck[]
  chosen: OfferedCheck | undefined
  fitOf(check: OfferedCheck): CheckFit
  onChoose(check: OfferedCheck): void
  onNumber(): void
  hasNumbers: boolean
  /** What the action needs for the person, in one line. */
  needs: string | undefined
  insufficient: readonly InsufficientCheck[]
  /** Set if nobody knows which checks are enough. */
  retry: (() => void) | undefined
}

/** How the caller will be verified. Checks that don't fit stay in the list, with the reason. */
export function CheckChoice({ checks, fitOf, needs, insufficient, retry, ...choice }: CheckProps) {
  return (
    <NumberedChoice
      part="check"
      legend={t('How will you verify them?')}
      isWide
      lead={needs !== undefined && <p className="needs above-1 text-note breaks note">{needs}</p>}
      rest={
        <>
          {retry !== undefined && (
            <Notice tone="bad" title={t('Could not read what this needs.')} onRetry={retry}>
              {t('Until then it is not known which checks are enough.')}
            </Notice>
          )}
          {retry === undefined && checks.length === 0 && (
            <Notice tone="bad" title={t('No check is enough for this.')}>
              {t('Don’t act on the request. Ask your lead how this person can be verified.')}
            </Notice>
          )}
          <InsufficientChecks checks={insufficient} chosen={choice.chosen} onChoose={choice.onChoose} />
        </>
      }
      options={(retry === undefined ? checks : []).map((check) => ({
        key: check.journey,
        value: check,
        title: check.title,
        note: <CheckNote description={check.description} fit={fitOf(check)} />,
      }))}
      {...choice}
    />
  )
}

function CheckNote({ description, fit }: { description: string; fit: CheckFit }) {
  return (
    <>
      {description !== '' && (
        <small className="note block regular">
          <bdi>{description}</bdi>
        </small>
      )}
      {!fit.fits && (
        <small className="unfit flex gap-6px above-2px text-note regular ink-warn">
          <IconAlertTriangle size={14} stroke={1.75} aria-hidden />
          <bdi>{fit.reason}</bdi>
        </small>
      )}
    </>
  )
}
