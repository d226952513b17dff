import { IconAlertTriangle, IconExclamationCircle } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Finding } from '../../../api/journey-document.ts'
import { isWritten, type PlanRow } from './plan-rows.ts'

/** More findings are only counted. */
const maxFindings = 100

/** The findings that journeys will have after the import. */
export function JourneyFindings({
  lint: { data, isFetching },
}: {
  lint: UseQueryResult<Finding[] | undefined>
}) {
  if (data === undefined) return isFetching && <p className="fine muted">Checking the journeys …</p>
  if (data.length === 0) return null
  const errors = data.filter(({ severity }) => severity === 'error')
  const sorted = [...errors, ...data.filter(({ severity }) => severity !== 'error')]
  return (
    <details className="journey-findings text-note" open={errors.length > 0 && data.length <= 10}>
      <summary>
        After the import, journeys have {counted(errors.length, 'error')} and{' '}
        {counted(data.length - errors.length, 'warning')}
      </summary>
      <ul className="stack gap-6px">
        {sorted.slice(0, maxFindings).map(({ rule, severity, journey, nodeId, line, message }) => (
          <li key={`${rule} ${journey} ${nodeId} ${line} ${message}`} className="flex align-start gap-2">
            {severity === 'error' ? (
              <IconExclamationCircle
                className="rigid above-2px ink-bad"
                size={16}
                stroke={1.75}
                aria-label="Error"
              />
            ) : (
              <IconAlertTriangle
                className="rigid above-2px ink-warn"
                size={16}
                stroke={1.75}
                aria-label="Warning"
              />
            )}
            <p className="breaks">
              <bdi className="strong">{journey}</bdi>: <bdi>{message}</bdi>
            </p>
          </li>
        ))}
      </ul>
      {sorted.length > maxFindings && <p className="fine">and {sorted.length - maxFindings} more</p>}
    </details>
  )
}

function counted(count: number, word: string): string {
  return `${count === 0 ? 'no' : count} ${word}${count === 1 ? '' : 's'}`
}

/** What the chosen items take away from the realm: protection, and scripts that ran. */
export function Weakens({ rows, findings }: { rows: readonly PlanRow[]; findings: readonly Finding[] }) {
  const written = rows.filter(isWritten)
  const replaced = new Map(
    written.flatMap(({ kind, id, name, status }) =>
      kind === 'script' && status === 'changed' ? [[id, name] as const] : [],
    ),
  )
  const scripts = findings.flatMap(({ severity, scriptId = '' }) => {
    const name = severity === 'error' ? replaced.get(scriptId) : undefined
    return name === undefined ? [] : [`Script ${name} is replaced by one that can’t run`]
  })
  const words = [...new Set([...written.flatMap(({ weakens = [] }) => weakens), ...scripts])]
  if (words.length === 0) return null
  return (
    <section className="callout bad pad-3 text-note" aria-label="This weakens the realm">
      <strong>This weakens the realm</strong>
      <ul className="bullets">
        {words.map((one) => (
          <li key={one}>
            <bdi className="breaks">{one}</bdi>
          </li>
        ))}
      </ul>
    </section>
  )
}
