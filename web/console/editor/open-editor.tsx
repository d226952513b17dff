import './editor.css'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { StoredJourney } from '../../api/journey-document.ts'
import type { ScriptName } from '../../api/references.ts'
import { scriptsQuery } from '../form/scripts-query.ts'
import { EditorProvider } from './editor-context.tsx'
import type { TypeBook } from './model/node-type-catalogue.ts'
import { createEditorStore } from './store/editor-store.ts'
import { namesFrom } from './use-journey.ts'
import { Workbench } from './workbench.tsx'

type Given = { realm: string; stored: StoredJourney; book: TypeBook; scripts: readonly ScriptName[] }

/** A journey that was read, and from now on is edited. */
export function OpenEditor({ realm, stored, book, scripts }: Given) {
  const [store] = useState(() => createEditorStore({ realm, stored, book, names: namesFrom(scripts) }))
  const names = useQuery(scriptsQuery(realm)).data
  useEffect(() => {
    if (names !== undefined) store.getState().setNames(namesFrom(names))
  }, [store, names])
  useEffect(() => {
    document.title = `${stored.tree._id} · Sidegate`
  }, [stored])
  return (
    <EditorProvider store={store}>
      <Workbench />
    </EditorProvider>
  )
}
