import { useEffect, useState } from 'react'
import { isForSomethingElse, useKeysAreOn } from '../layout/use-keys.ts'

/** `L` copies the link. @returns whether it was copied. */
export function useCopyKey(link: string | undefined): boolean {
  const [isCopied, setIsCopied] = useState(false)
  const { keysAreOn } = useKeysAreOn()
  useEffect(() => {
    if (link === undefined || !keysAreOn) return
    const press = async (event: KeyboardEvent) => {
      if (event.key !== 'l' || isForSomethingElse(event)) return
      event.preventDefault()
      await navigator.clipboard.writeText(link)
      setIsCopied(true)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [link, keysAreOn])
  return isCopied
}
