import './split-view.css'
import { CloseButton } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'

/** A list, and what is opened of it at its end side; without room for both, the opened one takes the list's place. */
export function SplitView({ children, side }: { children: ReactNode; side?: ReactNode }) {
  return (
    <div className={side === undefined ? 'split' : 'split opened'}>
      {children}
      {side}
    </div>
  )
}

type SidePanelProps = { label: string; title: ReactNode; onClose(): void; children: ReactNode }

/** What is opened of a list. It takes the focus, so that keys and screen readers are where the eyes are; Escape closes it. */
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
      <header>
        <div className="title">{title}</div>
        <CloseButton aria-label="Close" onClick={onClose} />
      </header>
      {children}
    </section>
  )
}
