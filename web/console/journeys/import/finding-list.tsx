import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ExchangeFinding } from '../../../api/journey-exchange.ts'

const titles: Readonly<Record<ExchangeFinding['kind'], string>> = {
  conflict: 'Conflict',
  missing: 'Missing',
  unsupported: 'Not supported',
  unreadable: 'Unreadable',
  note: 'Note',
}

const kinds = Object.keys(titles) as ExchangeFinding['kind'][]

/** Findings of an import or export, worst first. */
export function FindingList({ findings }: { findings: readonly ExchangeFinding[] }) {
  const sorted = findings.toSorted((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind))
  return (
    <ul className="stack gap-6px text-note">
      {sorted.map(({ kind, message, place }) => (
        <li key={kind + message} className={`flex align-start gap-2 ${kind === 'note' ? 'muted' : ''}`}>
          {kind === 'note' ? (
            <IconInfoCircle className="rigid above-2px faint" size={16} stroke={1.75} aria-hidden />
          ) : (
            <IconAlertTriangle
              className={`rigid above-2px ${ink(kind)}`}
              size={16}
              stroke={1.75}
              aria-hidden
            />
          )}
          <p>
            <b className={`strong ${ink(kind)}`}>{titles[kind]}</b> <bdi className="breaks">{message}</bdi>
            {place !== undefined && (
              <>
                {' '}
                <code>
                  {place.file}
                  {place.line !== undefined && `:${place.line}`}
                </code>
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}

function ink(kind: ExchangeFinding['kind']): string {
  if (kind === 'note') return ''
  return kind === 'conflict' ? 'ink-bad' : 'ink-warn'
}
