import { create } from 'zustand'
import { useHelpDesk } from '../layout/queries.ts'
import { useRealm } from '../navigation/navigation.ts'
import type { CheckDraft } from '../new-check/check-draft.ts'

/** A form of a new check that its agent left. It has the caller's data, so it is kept in memory only. */
export type KeptDraft = CheckDraft & { realm: string; agentId: string | undefined }

type State = {
  draft: KeptDraft | undefined
  /** Whether the form on the page became a check, so that leaving it keeps nothing. */
  isStarted: boolean
}

const useDraft = create<State>()(() => ({ draft: undefined, isStarted: false }))

/** The form is on the page: the list need not name it. */
export function takeUpDraft(): void {
  useDraft.setState({ draft: undefined, isStarted: false })
}

/** The form became a check. Also called at sign-out, because another person may use the window next. */
export function dropDraft(): void {
  useDraft.setState({ draft: undefined, isStarted: true })
}

/** Called when the agent leaves the form. */
export function keepDraft(draft: KeptDraft): void {
  if (!useDraft.getState().isStarted) useDraft.setState({ draft })
}

/** The draft of the agent in this realm. */
export function useOwnDraft(): KeptDraft | undefined {
  const draft = useDraft((state) => state.draft)
  const { agent } = useHelpDesk()
  const realm = useRealm()
  return draft?.realm === realm && draft.agentId === agent?._id ? draft : undefined
}
