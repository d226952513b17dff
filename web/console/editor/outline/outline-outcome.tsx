import { IconChevronRight } from '@tabler/icons-react'
import { nameOfEnd } from '../canvas/flow-nodes.ts'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import type { Exit } from '../model/connect.ts'
import { failureId, successId } from '../model/draft.ts'
import type { WayOut } from '../model/node-outcomes.ts'

/** A way out and where it leads; press it to lead it elsewhere, or to a new node. */
export function Way({ exit, way, label }: { exit: Exit; way: WayOut; label: string }) {
  const store = useEditorStore()
  const { target } = way
  const name = useEditor(({ faces }) =>
    target === undefined ? undefined : (faces.get(target)?.name ?? nameOfEnd(target)),
  )
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const isTaken = useEditor(({ lit }) => lit?.nodes.get(exit.from)?.outcomes.has(exit.outcome) ?? false)
  const words = name ?? (way.isDangling ? 'a node that is not there' : 'nowhere yet')
  const look =
    target === undefined ? 'none' : target === successId ? 'good' : target === failureId ? 'bad' : 'node'
  return (
    <li className={isTaken ? 'took' : undefined}>
      <bdi className="label">{label}</bdi>
      <IconChevronRight className="arrow" size={14} stroke={2} aria-hidden />
      <button
        type="button"
        className={look}
        disabled={isReadOnly}
        aria-label={`${label} leads to ${words}. Change it`}
        onClick={() => store.getState().open({ kind: 'connect', exit })}
      >
        <bdi>{words}</bdi>
      </button>
      {way.isStale && (
        <button
          type="button"
          className="link"
          onClick={() => store.getState().disconnectFrom(exit)}
          aria-label={`Remove ${label}: the node has no such way out`}
        >
          remove
        </button>
      )}
    </li>
  )
}
