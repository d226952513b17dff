import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { isSameJson, type Json, type JsonObject } from '../../api/json.ts'
import { isSignedOut } from '../../api/own-session.ts'
import { ApiError, OfflineError } from '../../api/request.ts'
import { applyChanges, type Change, changesBetween, type Path, withValue } from './changes.ts'
import { saveUnlessChanged } from './save-unless-changed.ts'
import type { StoredDocument } from './stored-document.ts'

/** Reads a document, and saves it only if it is unchanged since it was read. */
export type DraftStorage = {
  read(): Promise<StoredDocument>
  /**
   * @param note the reason for the change, for the history; empty without one.
   * @throws ApiError 412 if the stored document changed.
   */
  save(document: JsonObject, base: StoredDocument, note: string): Promise<StoredDocument>
  /** Creates a document again that was deleted. Absent if that is not possible. @throws ApiError 412 if it exists. */
  recreate?(document: JsonObject, note: string): Promise<StoredDocument>
}

/** State of saving. The draft is kept when saving fails. */
export type SaveState =
  | { kind: 'idle' | 'saving' | 'saved' | 'offline' | 'signed-out' | 'gone' }
  | { kind: 'refused'; error: Error }
  | { kind: 'conflict'; theirs: StoredDocument }

/** A document that is being edited. */
export type Draft = {
  document: JsonObject
  base: StoredDocument
  changes: readonly Change[]
  saveState: SaveState
  /** The reason for the next save, for the history. */
  note: string
  setNote(note: string): void
  set(path: Path, value: Json | undefined): void
  /** Resets to the stored document. */
  discard(): void
  /** Does nothing while it is being saved, or while a dialog shows why it couldn't be. @returns whether it was saved. */
  save(): Promise<boolean>
  /** Saves a deleted document again. Undefined if that is not possible. */
  recreate: (() => Promise<boolean>) | undefined
  /** Replaces the base by a newer stored document and reapplies the unsaved changes. */
  rebase(stored: StoredDocument): void
  /** Reads the stored document again and reapplies the unsaved changes. */
  reload(): Promise<void>
  /** Saves a merged document after a conflict, unless it is the stored one. */
  resolve(theirs: StoredDocument, document: JsonObject): Promise<boolean>
  /** Dismisses the error or conflict of the last save. */
  dismiss(): void
}

/** Edits a document that others may edit too. @param stored initial document; later values are ignored. */
export function useDraft(stored: StoredDocument, storage: DraftStorage): Draft {
  const { read, save: write, recreate } = storage
  const [state, setState] = useState({ base: stored, document: stored.document })
  const [saveState, setSaveState] = useState<SaveState>({ kind: 'idle' })
  const [note, setNote] = useState('')
  // Saving must use the latest document, not that of the render that created the function.
  const latest = useRef(state)
  latest.current = state
  const latestNote = useRef(note)
  latestNote.current = note
  const isSaving = useRef(false)
  useBackOnline(saveState.kind === 'offline', () => setSaveState({ kind: 'idle' }))

  const change = useCallback((next: typeof state) => {
    latest.current = next
    setState(next)
  }, [])
  // The same function for every render, so that fields whose value stays need not be drawn again.
  const set = useCallback(
    (path: Path, value: Json | undefined) => {
      const { base, document } = latest.current
      change({ base, document: withValue(document, path, value) })
      setSaveState((was) => (was.kind === 'saved' ? { kind: 'idle' } : was))
    },
    [change],
  )
  const rebase = (stored: StoredDocument, sent: JsonObject) => {
    const later = changesBetween(sent, latest.current.document)
    change({ base: stored, document: applyChanges(later, stored.document) })
  }
  const save = async (send = write): Promise<boolean> => {
    if (isSaving.current) return false
    isSaving.current = true
    setSaveState({ kind: 'saving' })
    const { base, document } = latest.current
    try {
      const saved = await saveUnlessChanged(base, read, (base) => send(document, base, latestNote.current))
      if ('theirs' in saved) {
        setSaveState({ kind: 'conflict', theirs: saved.theirs })
        return false
      }
      rebase(saved.stored, document)
      setNote('')
      setSaveState({ kind: 'saved' })
      return true
    } catch (error) {
      setSaveState(saveStateFor(error))
      return false
    } finally {
      isSaving.current = false
    }
  }
  return {
    ...state,
    changes: useMemo(() => changesBetween(state.base.document, state.document), [state]),
    saveState,
    note,
    setNote,
    set,
    discard() {
      change({ base: latest.current.base, document: latest.current.base.document })
      setSaveState({ kind: 'idle' })
    },
    save: async () => !hasDialog(saveState) && save(),
    recreate: recreate && (() => save((document, _base, note) => recreate(document, note))),
    rebase: (stored) => rebase(stored, latest.current.base.document),
    reload: async () => rebase(await read(), latest.current.base.document),
    async resolve(theirs, document) {
      change({ base: theirs, document })
      if (!isSameJson(document, theirs.document)) return save()
      setSaveState({ kind: 'saved' })
      return true
    },
    dismiss: () => setSaveState({ kind: 'idle' }),
  }
}

/** Whether a dialog asks how to go on. */
function hasDialog({ kind }: SaveState): boolean {
  return kind === 'conflict' || kind === 'gone' || kind === 'signed-out'
}

function saveStateFor(error: unknown): SaveState {
  if (error instanceof OfflineError) return { kind: 'offline' }
  if (isSignedOut(error)) return { kind: 'signed-out' }
  if (error instanceof ApiError && error.code === 404) return { kind: 'gone' }
  return { kind: 'refused', error: error instanceof Error ? error : new Error(String(error)) }
}

function useBackOnline(isOffline: boolean, onBack: () => void): void {
  useEffect(() => {
    if (!isOffline) return
    addEventListener('online', onBack)
    return () => removeEventListener('online', onBack)
  })
}
