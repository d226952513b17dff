import './purpose-fields.css'
import type { OfferedCheck } from '../../api/help-desk.ts'
import type { Purpose } from '../live/start-check.ts'

/** What the caller wants: one of the realm's actions, or only to be verified. The server refuses any other. */
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
      <legend className="question">What for?</legend>
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

/** Which check, where the realm has several. */
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
      <legend className="question">Which check?</legend>
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
