import { useEditor, useEditorStore } from '../editor-context.tsx'
import type { NodeView } from '../model/node-views.ts'
import { type StateKeys, writersOf } from '../model/state-keys.ts'
import { findNodeView } from './use-node-view.ts'
import { useStateKeys } from './use-state-keys.ts'

/** The state keys that a node reads and writes with its settings, and the nodes that write what it reads. */
export function StatePanel({ nodeView: { id } }: { nodeView: NodeView }) {
  const stateKeys = useStateKeys()
  const { reads, writes } = stateKeys.get(id) ?? { reads: [], writes: [] }
  return (
    <>
      <KeyList title="Reads" keys={reads} own={id} writersAmong={stateKeys} />
      <KeyList title="Writes" keys={writes} own={id} />
    </>
  )
}

type Props = { title: string; keys: readonly string[]; own: string; writersAmong?: StateKeys }

function KeyList({ title, keys, own, writersAmong }: Props) {
  return (
    <section className="keys-list">
      <h3 className="text-note medium">{title}</h3>
      {keys.length === 0 && <p className="fine">None.</p>}
      <ul className="stack items-start gap-6px">
        {keys.map((key) => (
          <li key={key}>
            <span className="chip code text-small">{key === '*' ? 'all keys' : key}</span>
            {writersAmong !== undefined && key !== '*' && (
              <Writers ids={writersOf(key, writersAmong).filter((id) => id !== own)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Writers({ ids }: { ids: readonly string[] }) {
  const store = useEditorStore()
  const nodeViews = useEditor(({ nodeViews }) => nodeViews)
  if (ids.length === 0) return null
  return (
    <span className="writers fine block">
      Written by{' '}
      {ids.map((id) => (
        <button
          type="button"
          className="link bare ink-accent text-start"
          key={id}
          onClick={() => store.getState().select([id])}
        >
          <bdi>{findNodeView({ nodeViews }, id)?.name ?? id}</bdi>
        </button>
      ))}
    </span>
  )
}
