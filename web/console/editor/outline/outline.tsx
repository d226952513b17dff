import './outline.css'
import { Button } from '@mantine/core'
import { IconPlayerPlay, IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { nameOfEnd } from '../canvas/flow-nodes.ts'
import { useDraft, useEditor } from '../editor-context.tsx'
import { startExit, targetOf } from '../model/connect.ts'
import { failureId, isThere, successId } from '../model/draft.ts'
import { pathOrder } from '../model/path-order.ts'
import { targetsOf } from '../model/walking.ts'
import { waysInto } from '../model/ways-out.ts'
import { AddDialog } from './add-dialog.tsx'
import { OutlineNode } from './outline-node.tsx'
import { Way } from './way.tsx'

/** The journey as a list in the order of its paths. It does all that the canvas does. */
export function Outline() {
  const draft = useDraft()
  const placed = useEditor(({ placed }) => placed)
  const faces = useEditor(({ faces }) => faces)
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const [isAdding, setAdding] = useState(false)
  const order = useMemo(() => pathOrder(draft, placed, (id) => targetsOf(faces, id)), [draft, placed, faces])
  const entry = targetOf(draft, startExit)
  const begins = entry !== undefined && isThere(draft, entry) ? entry : undefined
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reached by keys
    <section className="outline" aria-label="Outline" tabIndex={0}>
      <ol>
        <li className="outline-node start">
          <header>
            <span className="node-tile">
              <IconPlayerPlay size={18} stroke={1.75} aria-hidden />
            </span>
            <strong className="stretch">Start</strong>
          </header>
          <ul className="to">
            <Way
              exit={startExit}
              way={{
                id: '',
                label: 'Begins with',
                target: begins,
                isDangling: entry !== undefined && begins === undefined,
                isStale: false,
              }}
              label="Begins with"
            />
          </ul>
        </li>
        {order.map((id) => {
          const face = faces.get(id)
          return face === undefined ? null : <OutlineNode key={id} face={face} />
        })}
      </ol>
      {order.length === 0 && (
        <p className="empty-note">Nothing in it yet. Add the first node: it becomes the beginning.</p>
      )}
      {!isReadOnly && (
        <Button
          className="add-node"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          Add a node
        </Button>
      )}
      <p className="ends">
        {[successId, failureId].map((id) => (
          <span key={id} className={id === successId ? 'good' : 'bad'}>
            {nameOfEnd(id)}: {waysInto(draft, id).length} ways in
          </span>
        ))}
      </p>
      {isAdding && <AddDialog onClose={() => setAdding(false)} />}
    </section>
  )
}
