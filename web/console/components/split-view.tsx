import './split-view.css'
import { CloseButton } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'

/** A list with a detail panel beside it. On narrow screens the panel replaces the list. */
export function SplitView({ children, side }: { children: ReactNode; side?: ReactNode }) {
  return (
    <div className={side === undefined ? 'split' : 'split opened'}>
      {children}
      {side}
    </div>
  )
}

type SidePanelProps = { label: string; title: ReactNode; onClose(): void; children: ReactNode }

/** The detail panel. It takes the focus when it opens, and Escape closes it. */
export function SidePanel({ label, title, onClose, children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.focus(), [])
  return (
    <section
      ref={panel}
      className="side-panel"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
    >
      <header className="flex align-start gap-3">
        <div className="title grow">{title}</div>
        <CloseButton aria-label="Close" onClick={onClose} />
      </header>
      {children}
    </section>
  )
}
