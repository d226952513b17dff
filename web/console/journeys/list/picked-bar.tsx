import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { Handlers } from '../actions/journey-action.ts'

type Given = { names: readonly string[]; handlers: Handlers; onClear(): void }

/** What can be done with several journeys at once. */
export function PickedBar({ names, handlers, onClear }: Given) {
  return (
    <section className="picked-bar" aria-label="Chosen journeys">
      <p role="status">{names.length} chosen</p>
      <Button
        size="xs"
        leftSection={<IconDownload size={14} aria-hidden />}
        onClick={() => handlers.export(names, 'multi')}
      >
        Export {names.length === 1 ? 'it' : `these ${names.length}`}
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={onClear}>
        Choose none
      </Button>
    </section>
  )
}
