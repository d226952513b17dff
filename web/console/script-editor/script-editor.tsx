import './script-editor.css'
import { Annotation, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { type RefObject, useEffect, useRef } from 'react'
import type { ScriptProblem } from '../../api/scripts.ts'
import { type CompletionContextData, editorExtensions } from './editor-extensions.ts'
import { PendingEdits } from './pending-edits.ts'
import { showProblemsIn } from './problem-lines.ts'

type ScriptEditorProps = CompletionContextData & {
  label: string
  source: string
  problems: readonly ScriptProblem[]
  /** The line to select, from 1. */
  line: number | undefined
  onChange(source: string): void
  /** Called on Ctrl+Enter. */
  onRun(): void
}

/** Marks changes that the page made, not the user. */
const fromPage = Annotation.define<boolean>()

/** Code editor with completion of bindings and problems below their lines. */
export function ScriptEditor({
  label,
  source,
  problems,
  line,
  onChange,
  onRun,
  ...known
}: ScriptEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const echoes = useRef(new PendingEdits())
  // The editor is created once, and calls the callbacks of the last render.
  const latest = useRef({ known, source, onChange, onRun })
  latest.current = { known, source, onChange, onRun }

  useEffect(() => {
    if (place.current === null) return
    const editor = new EditorView({
      parent: place.current,
      doc: latest.current.source,
      extensions: [
        editorExtensions(
          () => latest.current.known,
          () => latest.current.onRun(),
        ),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        onWritten((text) => {
          echoes.current.add(text)
          latest.current.onChange(text)
        }),
      ],
    })
    view.current = editor
    return () => editor.destroy()
  }, [label])

  useEffect(() => {
    if (view.current !== null && !echoes.current.acknowledge(source)) replaceText(view.current, source)
  }, [source])

  useEffect(() => {
    if (view.current !== null) showProblemsIn(view.current, problems)
  }, [problems])

  useSelectedLine(view, line)

  return <div className="script-editor" ref={place} dir="ltr" />
}

/** Reports the whole text after each change by the user. */
function onWritten(call: (text: string) => void): Extension {
  return EditorView.updateListener.of(({ docChanged, transactions, state }) => {
    if (docChanged && !transactions.some((one) => one.annotation(fromPage))) call(state.doc.toString())
  })
}

function replaceText(editor: EditorView, text: string): void {
  const { doc } = editor.state
  if (doc.toString() === text) return
  editor.dispatch({
    changes: { from: 0, to: doc.length, insert: text },
    annotations: fromPage.of(true),
  })
}

function useSelectedLine(view: RefObject<EditorView | null>, line: number | undefined): void {
  useEffect(() => {
    if (view.current !== null && line !== undefined) selectLine(view.current, line)
  }, [view, line])
}

/** Lines beyond the end select the last line. */
function selectLine(editor: EditorView, line: number): void {
  const { doc } = editor.state
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines))
  editor.dispatch({
    selection: { anchor: from, head: to },
    effects: EditorView.scrollIntoView(from, { y: 'center' }),
  })
  editor.focus()
}
