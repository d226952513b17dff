import { Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { JourneyRow } from '../../../api/journeys.ts'
import { IconButton } from '../../components/icon-button.tsx'
import type { ActionHandlers, JourneyAction } from '../actions/journey-action.ts'

type Props = { row: JourneyRow; handlers: ActionHandlers }

/** The menu of a journey. Only the open menu is rendered, because there may be hundreds of rows. */
export function RowMenu({ row, handlers }: Props) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    // The button was rendered again and lost the focus.
    if (wasOpen.current && !isOpen) button.current?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  const opener = (
    <IconButton
      label={`More for ${row._id}`}
      icon={IconDots}
      iconSize={18}
      ref={button}
      size="lg"
      aria-haspopup="menu"
      onClick={() => setOpen(!isOpen)}
    />
  )
  if (!isOpen) return opener
  return (
    <Menu opened onClose={() => setOpen(false)} position="bottom-end" width={220} returnFocus={false}>
      <Menu.Target>{opener}</Menu.Target>
      <Menu.Dropdown>
        <Items row={row} handlers={handlers} />
      </Menu.Dropdown>
    </Menu>
  )
}

/** Types of nodes that start other journeys. */
const starting = new Set(['InnerTreeEvaluatorNode', 'BackChannelInitNode'])

function Items({ row, handlers }: Props) {
  const { _id: name, enabled, isDefault, innerTreeOnly, transactionalOnly, picture } = row
  const ask = (kind: Exclude<JourneyAction['kind'], 'new' | 'import'>) => () =>
    handlers.openDialog({ kind, row })
  const startsOthers = Object.values(picture.nodes).some(({ type }) => starting.has(type))
  if (row.draft === 'new') {
    return (
      <Menu.Item color="bad" onClick={ask('discard')}>
        Discard draft…
      </Menu.Item>
    )
  }
  const canBeDefault = !isDefault && !innerTreeOnly && !transactionalOnly
  return (
    <>
      <Menu.Item onClick={ask('duplicate')}>Duplicate…</Menu.Item>
      <Menu.Item onClick={ask('history')}>History…</Menu.Item>
      <Menu.Item onClick={() => handlers.export([name], 'single')}>Export</Menu.Item>
      {startsOthers && (
        <Menu.Item onClick={() => handlers.export([name], 'multi')}>Export with inner journeys</Menu.Item>
      )}
      <Menu.Divider />
      {enabled ? (
        <Menu.Item onClick={isDefault ? ask('turn-off') : () => handlers.setEnabled(row, false)}>
          Turn off{isDefault ? '…' : ''}
        </Menu.Item>
      ) : (
        <Menu.Item onClick={() => handlers.setEnabled(row, true)}>Turn on</Menu.Item>
      )}
      {canBeDefault && <Menu.Item onClick={ask('make-default')}>Make default…</Menu.Item>}
      <Menu.Divider />
      <Menu.Item color="bad" onClick={ask('delete')}>
        Delete…
      </Menu.Item>
    </>
  )
}
