import { useEffect, useRef } from 'react'
import { useSignedInUser } from '../../components/use-signed-in-user.ts'
import { type CopyKey, deleteBrowserCopy, writeBrowserCopy } from '../../saving/browser-copy.ts'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { isSameDraft } from '../model/draft-equality.ts'
import type { EditorStore } from '../store/editor-store.ts'
import { readUnsavedChanges, unsavedChanges } from './unsaved-changes.ts'

const debounceMs = 200

/**
 * Keeps unsaved changes in this browser until they are saved, and offers those of an earlier window.
 * @returns a function that drops them.
 */
export function useAutosave(): () => void {
  const store = useEditorStore()
  const realm = useEditor(({ realm }) => realm)
  const id = useEditor(({ name }) => name)
  const person = useSignedInUser()?.id
  const drop = useRef(() => {})
  useEffect(() => {
    if (person === undefined) return
    const key: CopyKey = { kind: 'journey', id, realm, person }
    offerEarlier(store, key)
    const autosave = startAutosave(store, key)
    drop.current = autosave.drop
    return autosave.stop
  }, [store, realm, id, person])
  return () => drop.current()
}

function offerEarlier(store: EditorStore, key: CopyKey): void {
  const { saved, history, openDialog } = store.getState()
  const found = readUnsavedChanges(key)
  // Changes that were made while the administrator was being read count more.
  if (found === undefined || !isSameDraft(saved.draft, history.present)) return
  if (isSameDraft(saved.draft, found.value.parts)) deleteBrowserCopy(key)
  else openDialog({ kind: 'restore', at: found.at, unsaved: found.value })
}

function startAutosave(store: EditorStore, key: CopyKey) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const keep = () => {
    timer = undefined
    const { history, saved, catalogue, dialog, setUnkept } = store.getState()
    // Earlier changes stay until the administrator has decided.
    if (dialog?.kind === 'restore') return
    const unsaved = unsavedChanges(history.present, saved, catalogue.describeSetting)
    if (unsaved === undefined) deleteBrowserCopy(key)
    setUnkept(unsaved !== undefined && !writeBrowserCopy(key, unsaved))
  }
  const cancel = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const flush = () => {
    if (timer === undefined) return
    cancel()
    keep()
  }
  const unsubscribe = store.subscribe((now, before) => {
    const isSame =
      now.history.present === before.history.present &&
      now.saved === before.saved &&
      now.dialog?.kind === before.dialog?.kind
    if (isSame) return
    cancel()
    timer = setTimeout(keep, debounceMs)
  })
  addEventListener('pagehide', flush)
  const stop = () => {
    unsubscribe()
    flush()
    removeEventListener('pagehide', flush)
  }
  return {
    stop,
    drop() {
      unsubscribe()
      cancel()
      deleteBrowserCopy(key)
    },
  }
}
