import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { javascript, localCompletionSource } from '@codemirror/lang-javascript'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import type { Extension } from '@codemirror/state'
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { defined } from '../../api/defined.ts'
import type { Bindings } from '../../api/script-bindings.ts'
import { styleNonce } from '../../design/mantine/mantine.tsx'
import { proposalsFor } from './completions.ts'
import { editorTheme } from './editor-theme.ts'
import { problemExtension } from './problem-lines.ts'

export type CompletionContextData = { bindings: Bindings; propertyNames: readonly string[] }

/** Extensions that are the same for every script. */
export function editorExtensions(known: () => CompletionContextData, onRun: () => void): Extension {
  return [
    EditorView.cspNonce.of(styleNonce()),
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    indentUnit.of('  '),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightSelectionMatches(),
    javascript(),
    autocompletion({ override: [(context) => complete(context, known()), localCompletionSource] }),
    keymap.of([
      { key: 'Mod-Enter', run: () => run(onRun) },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...completionKeymap,
      ...lintKeymap,
      // Escape, then Tab leaves the editor.
      indentWithTab,
    ]),
    problemExtension,
    editorTheme,
  ]
}

function run(onRun: () => void): boolean {
  onRun()
  return true
}

function complete(
  context: CompletionContext,
  { bindings, propertyNames }: CompletionContextData,
): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos)
  const found = proposalsFor(line.text.slice(0, context.pos - line.from), bindings, propertyNames)
  if (found === undefined || (found.length === 0 && !context.explicit && !context.matchBefore(/\.$/)))
    return null
  return {
    from: context.pos - found.length,
    validFor: /^[\w$]*$/,
    options: found.proposals.map(({ label, signature, help, isFunction }) => ({
      label,
      type: isFunction ? 'function' : 'variable',
      info: help,
      ...defined({ detail: signature?.slice(label.length) }),
    })),
  }
}
