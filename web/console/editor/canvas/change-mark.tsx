import { useEditor } from '../editor-context.tsx'
import { type ChangeMark, markSigns, markTitles } from '../model/change-marks.ts'
import { connectionId } from '../model/drawn-connections.ts'

/** Says that a comparison found a difference in a node, in words and with a sign. */
export function NodeMark({ id }: { id: string }) {
  const mark = useEditor(({ marks }) => marks?.nodes.get(id))
  if (mark === undefined) return null
  return (
    <span className={`align-center rigid gap-1 nowrap change-mark ${mark}`}>
      <Sign mark={mark} /> <span className="word">{markTitles[mark]}</span>
    </span>
  )
}

/** The same for the connection of an outcome. */
export function OutcomeMark({ nodeId, outcome }: { nodeId: string; outcome: string }) {
  const mark = useEditor(({ marks }) => marks?.connections.get(connectionId({ from: nodeId, outcome })))
  if (mark === undefined) return null
  const words = `Connection ${markTitles[mark].toLowerCase()}`
  return (
    <span className={`align-center rigid gap-1 nowrap change-mark small ${mark}`} title={words}>
      <Sign mark={mark} />
      <span className="spoken">{words}</span>
    </span>
  )
}

function Sign({ mark }: { mark: ChangeMark }) {
  return <b aria-hidden>{markSigns[mark]}</b>
}
