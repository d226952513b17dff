import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useEditorStore } from './editor-context.tsx'

/** Arrow keys change the selection quickly; the router needs to hear only of the last node. */
const settledMs = 200

/** Keeps the selected node in the URL, and selects the node of links that are followed while the editor is open. */
export function useNodeInUrl(): void {
  const store = useEditorStore()
  const router = useRouter()
  const node = useSearch({ from: '/journeys/$name', select: (search) => search.node })

  useEffect(() => {
    if (node === undefined || store.getState().selection.includes(node)) return
    // A later selection may have been written already, which is not yet rendered.
    if (nodeOf(router.latestLocation) === node) store.getState().goToNode(node)
  }, [store, router, node])

  useEffect(() => {
    const { openedAt, canvasControl } = store.getState()
    if (openedAt === undefined || canvasControl !== undefined) return
    document.querySelector(`[data-node="${CSS.escape(openedAt)}"]`)?.scrollIntoView({ block: 'center' })
  }, [store])

  useEffect(() => {
    const { pathname } = router.latestLocation
    let timer: ReturnType<typeof setTimeout> | undefined
    const write = () => {
      // The person may be on the way to another page.
      if (router.latestLocation.pathname !== pathname) return
      const { selection } = store.getState()
      const [chosen] = selection
      const node = selection.length === 1 ? chosen : undefined
      void router.navigate({
        to: '.',
        search: (before) => ({ ...before, node }),
        replace: true,
        resetScroll: false,
      })
    }
    const stop = store.subscribe(({ selection }, before) => {
      if (selection === before.selection) return
      clearTimeout(timer)
      timer = setTimeout(write, settledMs)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [store, router])
}

function nodeOf({ search }: { search: object }): string | undefined {
  return 'node' in search && search.node !== undefined ? String(search.node) : undefined
}
