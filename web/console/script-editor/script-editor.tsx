import './script-editor.css'
import { Annotation, EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { ScriptProblem } from '../../wire/scripts.ts'
import { editorExtensions, type Known } from './editor-extensions.ts'
import { showProblemsIn } from './problem-lines.ts'

type ScriptEditorProps = Known & {
  label: string
  source: string
  problems: readonly ScriptProblem[]
  onChange(source: string): void
  /** Control and Enter. */
  onRun(): void
}

/** Marks a change that the page made, and not the writer. */
const fromPage = Annotation.define<boolean>()

/** A script, with completion of its bindings and problems said under their lines. */
export function ScriptEditor({ label, source, problems, onChange, onRun, ...known }: ScriptEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  // The editor is made once; what it calls is always of the last render.
  const latest = useRef({ known, source, onChange, onRun })
  latest.current = { known, source, onChange, onRun }
  // Texts on their way through the page: whoever types fast is ahead of what the page knows, and an
  // older text that comes back must not take the place of a newer one.
  const underway = useRef<string[]>([])

  useEffect(() => {
    if (place.current === null) return
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: latest.current.source,
        extensions: [
          editorExtensions(
            () => latest.current.known,
            () => latest.current.onRun(),
          ),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged || update.transactions.some((one) => one.annotation(fromPage))) return
            const written = update.state.doc.toString()
            underway.current.push(written)
            latest.current.onChange(written)
          }),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [label])

  useEffect(() => {
    const editor = view.current
    const at = underway.current.indexOf(source)
    underway.current = underway.current.slice(at + 1)
    if (editor === null || at !== -1 || editor.state.doc.toString() === source) return
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: source },
      annotations: fromPage.of(true),
    })
  }, [source])

  useEffect(() => {
    if (view.current !== null) showProblemsIn(view.current, problems)
  }, [problems])

  return <div className="script-editor" ref={place} dir="ltr" />
}
