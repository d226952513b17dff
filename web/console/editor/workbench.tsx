import { useEffect, useRef, useState } from 'react'
import { useIsPhone } from '../components/use-is-phone.ts'
import { LeaveGuard } from '../saving/leave-guard.tsx'
import { Canvas } from './canvas/canvas.tsx'
import { EditorDialogs } from './dialogs/editor-dialogs.tsx'
import { useEditor, useEditorStore } from './editor-context.tsx'
import { Inspector } from './inspector/inspector.tsx'
import { useClipboard } from './keyboard/use-clipboard.ts'
import { useShortcuts } from './keyboard/use-shortcuts.ts'
import { Notices } from './notices.tsx'
import { Outline } from './outline/outline.tsx'
import { Palette } from './palette/palette.tsx'
import { PanelHandle } from './panel-handle.tsx'
import { togglePanel, useIsNarrow, useOpenPanels } from './panels.ts'
import { RunProvider } from './run/run-context.tsx'
import { RunPanel } from './run/run-panel.tsx'
import { createRunStore } from './run/run-store.ts'
import { Scrubber } from './run/scrubber.tsx'
import { saveNow } from './saving/save-now.ts'
import { useAutosave } from './saving/use-autosave.ts'
import { useChanges } from './saving/use-changes.ts'
import { useLint } from './saving/use-lint.ts'
import { useOutcomes } from './saving/use-outcomes.ts'
import { TopBar } from './top-bar.tsx'
import { useNodeInUrl } from './use-node-in-url.ts'

export function Workbench() {
  const root = useRef<HTMLDivElement>(null)
  const view = useEditor(({ view }) => view)
  const isPhone = useIsPhone()
  useOutcomes()
  useLint()
  useShortcuts(root)
  useClipboard()
  useNodeInUrl()
  const store = useEditorStore()
  const { count } = useChanges()
  const dropUnsaved = useAutosave()
  const isRun = useEditor(({ isRunShown }) => isRunShown)
  const [run] = useState(createRunStore)
  const panels = useOpenPanels()
  const isFoldable = !isPhone && !isRun
  const isNarrow = useIsNarrow()
  // biome-ignore lint/correctness/useExhaustiveDependencies: narrow and wide windows have open panels of their own
  useEffect(() => {
    if (isRun) togglePanel('run', true)
  }, [isRun, isNarrow])
  // Not unmounted, because it plays the run.
  const isRunFolded = isRun && !isPhone && !panels.includes('run')
  const isOutline = view === 'outline' || (isPhone && !isRun)
  return (
    <div className={`editor ${isRun ? 'run' : ''} ${isRunFolded ? 'folded' : ''}`} ref={root}>
      <TopBar />
      <Notices />
      {isFoldable && panels.includes('types') && <Palette />}
      <RunProvider store={run}>
        <div className="centre">
          {isOutline ? <Outline /> : <Canvas />}
          {isRun && <Scrubber />}
          {isFoldable && <PanelHandle panel="types" />}
          {isFoldable && <PanelHandle panel="settings" />}
          {isRun && !isPhone && <PanelHandle panel="run" />}
        </div>
        {isRun ? <RunPanel /> : (isPhone || panels.includes('settings')) && <Inspector />}
      </RunProvider>
      <EditorDialogs />
      <LeaveGuard count={count} save={() => saveNow(store)} onLeave={dropUnsaved} />
    </div>
  )
}
