import { Button } from '@mantine/core'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import type { WayOut } from '../model/node-outcomes.ts'
import type { NodeFace } from '../model/node-views.ts'
import { TargetSelect } from './target-select.tsx'

/** Where a node leads, a line a way out. */
export function WaysOutForm({ face }: { face: NodeFace }) {
  const { id, ways } = face
  return (
    <section className="ways-form" aria-label="Ways out">
      <h3>{ways.length === 1 ? 'Way out' : 'Ways out'}</h3>
      {ways.length === 0 && <p className="hint">It has none with these settings.</p>}
      <ul>
        {ways.map((way) => (
          <li key={way.id}>
            <bdi>{face.isNameless ? 'Goes on to' : way.label}</bdi>
            <TargetSelect
              exit={{ from: id, outcome: way.id }}
              target={way.target}
              label={`Where ${way.label} leads`}
              isDangling={way.isDangling}
            />
            {way.isStale && <StaleWay from={id} way={way} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function StaleWay({ from, way }: { from: string; way: WayOut }) {
  const store = useEditorStore()
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  return (
    <p className="stale-note">
      The node has no such way out any more.
      {!isReadOnly && (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => store.getState().disconnectFrom({ from, outcome: way.id })}
        >
          Remove it
        </Button>
      )}
    </p>
  )
}
