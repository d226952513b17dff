import { useEditor, useEditorStore } from '../editor-context.tsx'
import type { NodeView } from '../model/node-views.ts'
import { writersOf } from '../model/state-keys.ts'

/**
 * The state keys that a node reads and writes according to its type, and the nodes that write what it reads.
 */
export function StatePanel({ nodeView }: { nodeView: NodeView }) {
  const type = useEditor(({ catalogue }) => catalogue.find(nodeView.type))
  return (
    <>
      <KeyList title="Reads" keys={type?.reads ?? []} own={nodeView.id} hasWriters />
      <KeyList title="Writes" keys={type?.writes ?? []} own={nodeView.id} />
    </>
  )
}

type Props = { title: string; keys: readonly string[]; own: string; hasWriters?: boolean }

function KeyList({ title, keys, own, hasWriters = false }: Props) {
  return (
    <section className="keys-list">
      <h3>{title}</h3>
      {keys.length === 0 && <p className="hint">None.</p>}
      <ul>
        {keys.map((key) => (
          <li key={key}>
            <span className="chip code">{key === '*' ? 'all keys' : key}</span>
            {hasWriters && key !== '*' && <Writers stateKey={key} own={own} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Writers({ stateKey, own }: { stateKey: string; own: string }) {
  const store = useEditorStore()
  const nodeViews = useEditor(({ nodeViews }) => nodeViews)
  const catalogue = useEditor(({ catalogue }) => catalogue)
  const writers = writersOf(stateKey, nodeViews, catalogue).filter(({ id }) => id !== own)
  if (writers.length === 0) return null
  return (
    <span className="writers">
      Written by{' '}
      {writers.map(({ id, name }) => (
        <button type="button" className="link" key={id} onClick={() => store.getState().select([id])}>
          <bdi>{name}</bdi>
        </button>
      ))}
    </span>
  )
}
