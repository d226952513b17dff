import { useEffect } from 'react'

/** Sets the window's title, which shows a result even when the window is in the background. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title
  }, [title])
}
