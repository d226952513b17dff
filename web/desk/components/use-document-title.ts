import { useEffect } from 'react'
import { useNews } from '../notifications/news.ts'

/** Sets the window's title. Unseen news come first, with their number, so that a window in the background shows them. */
export function useDocumentTitle(title: string): void {
  const unseen = useNews((news) => news.unseen)
  const newest = unseen.at(-1)
  const shown = newest === undefined ? title : `(${unseen.length}) ${newest.title}`
  useEffect(() => {
    document.title = shown
  }, [shown])
}
