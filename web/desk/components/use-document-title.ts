import { useEffect } from 'react'

/** The title of the window carries what counts: a result is seen among other windows. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title
  }, [title])
}
