import './shortcuts-dialog.css'
import { Kbd } from '@mantine/core'
import { commands, otherKeys } from '../keyboard/shortcuts.ts'
import { Sheet } from './editor-sheet.tsx'

/** Every key, in two columns. */
export function KeysDialog() {
  const all = [...commands.map(({ keys, words }) => [keys, words] as const), ...otherKeys]
  return (
    <Sheet title="Keys" size="lg">
      <dl className="all-keys">
        {all.map(([keys, words]) => (
          <div key={keys}>
            <dt>
              <Kbd>{keys}</Kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}
