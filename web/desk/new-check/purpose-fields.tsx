import './purpose-fields.css'
import type { OfferedCheck } from '../../api/help-desk.ts'
import type { Purpose } from '../checks/start-check.ts'

/** The caller's request: one of the realm's actions, or none. The server rejects any other. */
export function ActionChoice({
  actions,
  purpose,
  onChange,
}: {
  actions: readonly string[]
  purpose: Purpose
  onChange(purpose: Purpose): void
}) {
  return (
    <fieldset className="choice">
      <legend className="question">What do they need?</legend>
      <div className="choices">
        {[...actions, ''].map((action) => (
          <label key={action}>
            <input
              type="radio"
              name="action"
              checked={action === purpose.action}
              onChange={() => onChange({ ...purpose, action })}
            />
            <bdi>{action === '' ? 'Only verify the caller' : action}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Shown if the realm offers several checks. */
export function CheckChoice({
  checks,
  chosen,
  onChoose,
}: {
  checks: readonly OfferedCheck[]
  chosen: OfferedCheck
  onChoose(check: OfferedCheck): void
}) {
  return (
    <fieldset className="choice">
      <legend className="question">How will you verify them?</legend>
      <div className="choices wide">
        {checks.map((check) => (
          <label key={check.journey}>
            <input type="radio" name="check" checked={check === chosen} onChange={() => onChoose(check)} />
            <span>
              <bdi>{check.title}</bdi>
              {check.description !== '' && (
                <small>
                  <bdi>{check.description}</bdi>
                </small>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
