import type { StateLine } from '../model/state-changes.ts'

const looks = { added: 'added', changed: 'changed', removed: 'removed' }

/** What a step made of the state: added, changed, removed. Secrets are masked by the server. */
export function StateDiff({ lines, isWatched }: { lines: readonly StateLine[]; isWatched: boolean }) {
  if (lines.length === 0) return <p className="hint">It wrote no state.</p>
  return (
    <ul className="state-diff code" aria-label="State after this step" dir="ltr">
      {lines.map((line) => (
        <li key={line.key} className={isWatched ? looks[line.word] : 'unknown'}>
          <span aria-hidden="true">{isWatched ? line.sign : '·'}</span>
          <span>
            <span className="spoken">{isWatched ? line.word : 'written'}: </span>
            {line.key}
            {line.isMasked ? ' = •••••• masked' : valueText(line)}
          </span>
        </li>
      ))}
    </ul>
  )
}

function valueText({ before, after }: StateLine): string {
  if (after === undefined) return ''
  return before === undefined ? ` = ${after}` : `: ${before} → ${after}`
}
