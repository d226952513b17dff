import { useRef } from 'react'
import { Canvas } from './canvas/canvas.tsx'
import { EditorDialogs } from './dialogs/editor-dialogs.tsx'
import { useEditor } from './editor-context.tsx'
import { Inspector } from './inspector/inspector.tsx'
import { useClipboard } from './keys/use-clipboard.ts'
import { useKeys } from './keys/use-keys.ts'
import { Notices } from './notices.tsx'
import { Outline } from './outline/outline.tsx'
import { Palette } from './palette/palette.tsx'
import { useJudgement } from './saving/use-judgement.ts'
import { useLeaveGuard } from './saving/use-leave-guard.tsx'
import { useOutcomes } from './saving/use-outcomes.ts'
import { TopBar } from './top-bar.tsx'
import { useIsPhone } from './use-is-phone.ts'

/** Everything around one open journey. */
export function Workbench() {
  const root = useRef<HTMLDivElement>(null)
  const view = useEditor(({ view }) => view)
  const isPhone = useIsPhone()
  useOutcomes()
  useJudgement()
  useKeys(root)
  useClipboard()
  const guard = useLeaveGuard()
  const isOutline = isPhone || view === 'outline'
  return (
    <div className="editor" ref={root}>
      <TopBar />
      <Notices />
      {!isPhone && <Palette />}
      <div className="centre">{isOutline ? <Outline /> : <Canvas />}</div>
      <Inspector />
      <EditorDialogs />
      {guard}
    </div>
  )
}
