import './count-labels.css'
import { useEditor } from '../editor-context.tsx'
import {
  type ConnectionTally,
  countText,
  medianText,
  type NodeTally,
  shareText,
} from '../model/canvas-counts.ts'
import { connectionId } from '../model/drawn-connections.ts'

/** How many sign-ins left a node by an outcome. */
export function OutcomeCount({ nodeId, outcome }: { nodeId: string; outcome: string }) {
  const tally = useEditor(({ counts }) => counts?.connections.get(connectionId({ from: nodeId, outcome })))
  const isShown = useEditor(({ counts }) => counts !== undefined)
  if (!isShown) return null
  const words = wordsOf(tally)
  return (
    <span className="outcome-count figures rigid strong muted" title={words}>
      <span aria-hidden>{tally === undefined ? '0' : shortText(tally)}</span>
      <span className="spoken">, {words}</span>
    </span>
  )
}

function shortText({ count, medianMs }: ConnectionTally): string {
  return medianMs === null ? countText(count) : `${countText(count)} · ${medianText(medianMs)}`
}

function wordsOf(tally: ConnectionTally | undefined): string {
  if (tally === undefined) return 'No sign-in took this outcome'
  const { count, share, medianMs } = tally
  const times = count === 1 ? '1 sign-in' : `${count} sign-ins`
  const median = medianMs === null ? '' : `, median ${medianText(medianMs)}`
  return `${times}, ${shareText(share)} of those that left the node${median}`
}

type NodeCountProps = {
  id: string
  /** The outcome of a node whose outcome has no row. */
  only: string | undefined
}

/** How many sign-ins arrived at a node, and how many did not go on. */
export function NodeCount({ id, only }: NodeCountProps) {
  const tally = useEditor(({ counts }) => counts?.nodes.get(id))
  const medianMs = useEditor(({ counts }) =>
    only === undefined
      ? undefined
      : counts?.connections.get(connectionId({ from: id, outcome: only }))?.medianMs,
  )
  if (tally === undefined) return null
  const { arrived, stayed, errors } = tally
  return (
    <span
      className={
        arrived === 0 ? 'node-count unused flex gap-2 muted nowrap' : 'node-count flex gap-2 muted nowrap'
      }
      title={arrivalWords(tally)}
    >
      <span className="figures">{arrived === 0 ? 'Not reached' : `${countText(arrived)} arrived`}</span>
      {typeof medianMs === 'number' && (
        <span className="figures" title="Median time until people left the node">
          {medianText(medianMs)}
        </span>
      )}
      {stayed > 0 && <b className="figures strong ink-warn">{shareText(stayed / arrived)} stopped here</b>}
      {errors > 0 && (
        <b className="figures strong ink-bad">{errors === 1 ? '1 error' : `${countText(errors)} errors`}</b>
      )}
    </span>
  )
}

function arrivalWords({ arrived, stayed, errors }: NodeTally): string {
  if (arrived === 0) return 'No sign-in came here in this period'
  return `${arrived} arrived, ${stayed} gave up or are still here, ${errors} ended with an error`
}
