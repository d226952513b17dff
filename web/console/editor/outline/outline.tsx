import './outline.css'
import { Button } from '@mantine/core'
import { IconPlayerPlay, IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { nameOfEnd } from '../canvas/flow-nodes.ts'
import { useDraft, useEditor } from '../editor-context.tsx'
import { startOutcome, targetOf } from '../model/connect.ts'
import { failureId, isInJourney, successId } from '../model/draft.ts'
import { sourcesOf } from '../model/node-outcomes.ts'
import { pathOrder } from '../model/path-order.ts'
import { targetsFrom } from '../model/tab-order.ts'
import { AddDialog } from './add-dialog.tsx'
import { OutlineNode } from './outline-node.tsx'
import { OutlineNotes } from './outline-notes.tsx'
import { OutlineOutcome } from './outline-outcome.tsx'

/** The journey as a list in path order. It supports everything that the canvas does. */
export function Outline() {
  const draft = useDraft()
  const autoPositions = useEditor(({ autoPositions }) => autoPositions)
  const nodeViews = useEditor(({ nodeViews }) => nodeViews)
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const [isAdding, setAdding] = useState(false)
  const order = useMemo(
    () => pathOrder(draft, autoPositions, (id) => targetsFrom(nodeViews, id)),
    [draft, autoPositions, nodeViews],
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable regions must be reachable by keyboard
    <section className="outline" aria-label="Outline" tabIndex={0}>
      <ol className="stack gap-2">
        <StartCard />
        {order.map((id) => {
          const nodeView = nodeViews.get(id)
          return nodeView === undefined ? null : <OutlineNode key={id} nodeView={nodeView} />
        })}
      </ol>
      {order.length === 0 && (
        <p className="empty-note muted text-center">This journey is empty. Add a first node.</p>
      )}
      {!isReadOnly && (
        <Button
          className="add-node block"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          Add a node
        </Button>
      )}
      <Ends />
      <OutlineNotes />
      {isAdding && <AddDialog onClose={() => setAdding(false)} />}
    </section>
  )
}

function StartCard() {
  const draft = useDraft()
  const entry = targetOf(draft, startOutcome)
  const isDangling = entry !== undefined && !isInJourney(draft, entry)
  const outcome = {
    id: '',
    label: 'Starts with',
    target: isDangling ? undefined : entry,
    isDangling,
    isStale: false,
  }
  return (
    <li className="outline-node start">
      <header className="row gap-2">
        <span className="node-tile place-center rigid">
          <IconPlayerPlay size={18} stroke={1.75} aria-hidden />
        </span>
        <strong className="stretch grow breaks">Start</strong>
      </header>
      <ul className="to stack gap-2px text-note">
        <OutlineOutcome source={startOutcome} outcome={outcome} label="Starts with" />
      </ul>
    </li>
  )
}

function Ends() {
  const draft = useDraft()
  return (
    <p className="ends flex gap-4 text-note">
      {[successId, failureId].map((id) => {
        const { length } = sourcesOf(draft, id)
        return (
          <span key={id} className={id === successId ? 'ink-good' : 'ink-bad'}>
            {nameOfEnd(id)}: {length === 1 ? '1 connection' : `${length} connections`}
          </span>
        )
      })}
    </p>
  )
}
