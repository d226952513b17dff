import { IconAlertTriangle } from '@tabler/icons-react'
import type { OfferedCheck } from '../../api/help-desk.ts'
import type { CheckFit } from './check-fit.ts'
import { NumberedChoice } from './numbered-choice.tsx'

type CheckProps = {
  /** In the order of the realm's settings. */
  checks: readonly OfferedCheck[]
  chosen: OfferedCheck | undefined
  fitOf(check: OfferedCheck): CheckFit
  onChoose(check: OfferedCheck): void
  onNumber(): void
}

/** How the caller will be verified. Checks that don't fit stay in the list, with the reason. */
export function CheckChoice({ checks, fitOf, ...choice }: CheckProps) {
  return (
    <NumberedChoice
      part="check"
      legend="How will you verify them?"
      isWide
      options={checks.map((check) => ({
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
        <small>
          <bdi>{description}</bdi>
        </small>
      )}
      {!fit.fits && (
        <small className="unfit">
          <IconAlertTriangle size={14} stroke={1.75} aria-hidden />
          <bdi>{fit.reason}</bdi>
        </small>
      )}
    </>
  )
}
