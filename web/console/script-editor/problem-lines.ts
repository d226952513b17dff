import { setDiagnostics } from '@codemirror/lint'
import { type EditorState, type Extension, StateEffect, StateField, type Text } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'
import type { ScriptProblem } from '../../api/scripts.ts'

/** A problem shown below its line. */
class ProblemLine extends WidgetType {
  readonly #problem: ScriptProblem

  constructor(problem: ScriptProblem) {
    super()
    this.#problem = problem
  }

  override eq(other: ProblemLine): boolean {
    return (
      other.#problem.message === this.#problem.message && other.#problem.severity === this.#problem.severity
    )
  }

  toDOM(): HTMLElement {
    const { severity, message, isName } = this.#problem
    const line = document.createElement('div')
    line.className = `script-problem ${severity}`
    const head = document.createElement('strong')
    const warning = isName ? 'Warning: ' : 'Works here, but not on PingAM: '
    head.textContent = severity === 'error' ? 'Error: ' : warning
    line.append(head, ...message.split('`').map((part, at) => (at % 2 === 0 ? part : codeOf(part))))
    return line
  }
}

function codeOf(text: string): HTMLElement {
  const code = document.createElement('code')
  code.textContent = text
  return code
}

const showProblems = StateEffect.define<readonly ScriptProblem[]>()

const problemLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    let lines = decorations.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (effect.is(showProblems)) lines = linesFor(effect.value, transaction.state.doc)
    }
    return lines
  },
  provide: (field) => EditorView.decorations.from(field),
})

export const problemExtension: Extension = problemLines

/** Replaces the shown problems. */
export function showProblemsIn(view: EditorView, problems: readonly ScriptProblem[]): void {
  view.dispatch({ effects: showProblems.of(problems) })
  view.dispatch(
    setDiagnostics(
      view.state,
      problems.map((problem) => diagnosticOf(problem, view.state)),
    ),
  )
}

function linesFor(problems: readonly ScriptProblem[], document: Text): DecorationSet {
  return Decoration.set(
    problems.map((problem) =>
      Decoration.widget({ widget: new ProblemLine(problem), block: true, side: 1 }).range(
        lineOf(problem, document).to,
      ),
    ),
    true,
  )
}

function diagnosticOf(problem: ScriptProblem, { doc }: EditorState) {
  const line = lineOf(problem, doc)
  const from = Math.min(line.from + Math.max(0, (problem.column ?? 1) - 1), line.to)
  return { from, to: line.to, severity: problem.severity, message: problem.message }
}

function lineOf({ line }: ScriptProblem, document: Text) {
  return document.line(Math.min(Math.max(1, line ?? 1), document.lines))
}
