import './findings-dialog.css'
import { IconAlertTriangle, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react'
import { useRef } from 'react'
import type { Finding } from '../../../api/journey-document.ts'
import { MarkedText } from '../../node-types/marked-text.tsx'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { findNodeView } from '../inspector/use-node-view.ts'
import { togglePanel } from '../panels.ts'
import { TurnOnButton } from '../turn-on-button.tsx'
import { EditorSheet } from './editor-sheet.tsx'

const icons = { error: IconExclamationCircle, warning: IconAlertTriangle, hint: IconInfoCircle }
const words = { error: 'Error', warning: 'Warning', hint: 'Hint' }

/** All findings. Selecting one shows its node. */
export function FindingsDialog() {
  const findings = useEditor(({ findings }) => findings)
  return (
    <EditorSheet title={titleFor(findings.length)} size="lg">
      {findings.length === 0 && <p>The journey has no more findings.</p>}
      <FindingList findings={findings} />
    </EditorSheet>
  )
}

type ListProps = { findings: readonly Finding[]; onTurnedOn?(): void }

/** Findings with their buttons. The server lists the gravest first. */
export function FindingList({ findings, onTurnedOn }: ListProps) {
  const list = useRef<HTMLUListElement>(null)
  return (
    <ul className="all-findings" ref={list} tabIndex={-1}>
      {findings.map((finding) => (
        <li key={`${finding.rule} ${finding.nodeId} ${finding.message}`}>
          <FindingButton finding={finding} />
          <TurnOnButton
            finding={finding}
            onDone={() => {
              list.current?.focus()
              onTurnedOn?.()
            }}
          />
        </li>
      ))}
    </ul>
  )
}

export function titleFor(count: number): string {
  return count === 1 ? '1 finding' : `${count} findings`
}

const inks = { error: 'ink-bad', warning: 'ink-warn', hint: 'muted' }

function FindingButton({ finding: { severity, nodeId, message, remedy } }: { finding: Finding }) {
  const store = useEditorStore()
  const nodeViews = useEditor(({ nodeViews }) => nodeViews)
  const show = () => {
    const { closeDialog, select, canvasControl, showInspector } = store.getState()
    closeDialog()
    select(nodeId === undefined ? [] : [nodeId])
    if (nodeId !== undefined) canvasControl?.reveal(nodeId)
    showInspector(true)
    togglePanel('settings', true)
  }
  const Icon = icons[severity]
  const name = nodeId === undefined ? 'The journey' : (findNodeView({ nodeViews }, nodeId)?.name ?? 'A node')
  return (
    <button
      type="button"
      className="finding bare hoverable flex align-start full-width gap-3 text-note text-start"
      onClick={show}
    >
      <Icon className={`rigid ${inks[severity]}`} size={18} stroke={1.75} aria-label={words[severity]} />
      <span>
        <strong>
          <bdi className="block breaks">{name}</bdi>
        </strong>
        <bdi className="block breaks">{message}</bdi>
        <span className="remedy fine block breaks">
          <MarkedText text={remedy} />
        </span>
      </span>
    </button>
  )
}
