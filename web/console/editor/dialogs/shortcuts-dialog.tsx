import './shortcuts-dialog.css'
import { Kbd } from '@mantine/core'
import { otherShortcuts, shortcuts } from '../keyboard/shortcuts.ts'
import { EditorSheet } from './editor-sheet.tsx'

export function ShortcutsDialog() {
  const all = [...shortcuts.map(({ keys, description }) => [keys, description] as const), ...otherShortcuts]
  return (
    <EditorSheet title="Keyboard shortcuts" size="lg">
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
    </EditorSheet>
  )
}
