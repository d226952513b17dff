import type { OfferedCheck } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'

export type InsufficientCheck = { check: OfferedCheck; reason: string; isRefused: boolean }

type Props = {
  checks: readonly InsufficientCheck[]
  chosen: OfferedCheck | undefined
  onChoose(check: OfferedCheck): void
}

/** The checks that lack something, with the reason. The server refuses some, and others only lack a usable result. */
export function InsufficientChecks({ checks, chosen, onChoose }: Props) {
  if (checks.length === 0) return null
  const hasChosen = checks.some(({ check, isRefused }) => check === chosen && !isRefused)
  return (
    <details className="insufficient above-2" open={hasChosen}>
      <summary>{t('Not enough for this ({count})', { count: checks.length })}</summary>
      <div className="choices wide stack gap-2 above-2">
        {checks.map(({ check, reason, isRefused }) => (
          <label className="row medium" key={check.journey}>
            <input
              type="radio"
              name="check"
              disabled={isRefused}
              checked={check === chosen && !isRefused}
              onChange={() => onChoose(check)}
            />
            <span className="words grow breaks">
              <bdi>{check.title}</bdi>
              <small className="note block regular">{reason}</small>
            </span>
          </label>
        ))}
      </div>
    </details>
  )
}
