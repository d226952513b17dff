import './panel-handle.css'
import { Tooltip } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type Panel, togglePanel, useOpenPanels } from './panels.ts'

const titles = { types: ['node list', 'L'], settings: ['settings', 'S'], run: ['run', 'S'] } as const

/** The handle at the edge of the canvas that folds a panel and opens it again. */
export function PanelHandle({ panel }: { panel: Panel }) {
  const isOpen = useOpenPanels().includes(panel)
  const [title, key] = titles[panel]
  const label = `${isOpen ? 'Hide' : 'Show'} ${title}`
  const Icon = isOpen === (panel === 'types') ? IconChevronLeft : IconChevronRight
  return (
    <Tooltip label={`${label} (${key})`} position={panel === 'types' ? 'right' : 'left'}>
      <button
        type="button"
        className={`panel-handle ${panel}`}
        aria-label={label}
        aria-expanded={isOpen}
        onClick={() => togglePanel(panel)}
      >
        <Icon size={16} stroke={1.75} aria-hidden />
      </button>
    </Tooltip>
  )
}
