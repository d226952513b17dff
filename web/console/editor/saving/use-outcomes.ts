import { useEffect } from 'react'
import type { Outcome } from '../../../api/node-types.ts'
import { readOutcomes } from '../../../api/node-types.ts'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { type NodeQuery, newNodeQuery, unansweredQueries } from '../model/outcome-queries.ts'
import type { EditorStore } from '../store/editor-store.ts'

const debounceMs = 150

/** Asks the server for the outcomes of all nodes whose settings changed. */
export function useOutcomes(): void {
  const store = useEditorStore()
  const draft = useDraft()
  const catalogue = useEditor(({ catalogue }) => catalogue)
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  const known = useEditor(({ knownOutcomes }) => knownOutcomes)
  useEffect(() => {
    const questions = unansweredQueries(draft, catalogue, known)
    if (questions.length === 0) return
    const stop = new AbortController()
    const timer = setTimeout(() => answer(store, questions, stop.signal), debounceMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [store, draft, catalogue, known])
  // Outcomes of new nodes, so that a dropped node can be inserted into a connection at once.
  useEffect(() => {
    if (isReadOnly) return
    const questions = catalogue.newest
      .filter(({ outcomesFrom }) => outcomesFrom === 'settings')
      .map(newNodeQuery)
    const stop = new AbortController()
    answer(store, questions, stop.signal)
    return () => stop.abort()
  }, [store, catalogue, isReadOnly])
}

async function answer(
  store: EditorStore,
  questions: readonly NodeQuery[],
  signal: AbortSignal,
): Promise<void> {
  const { realm, history } = store.getState()
  try {
    const asked = questions.map(({ ask }) => ask)
    const outcomes = await readOutcomes(realm, asked, history.present.innerNodes, signal)
    const answers = questions.map(({ key }, at): [string, readonly Outcome[] | null] => [
      key,
      outcomes[at] ?? null,
    ])
    store.getState().addOutcomes(new Map(answers))
  } catch {
    // Nodes keep their known outcomes. The next change asks again, and saving reports real problems.
  }
}
