import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../translations/texts.tsx'

/** Milliseconds after which people wonder whether the page still works. As `.skeleton-slow` of the page's HTML. */
const patienceMs = 4000

/** Says that an answer takes longer than usual. The connection's notice replaces it once a request has failed. */
export function SlowNotice({ isWaiting }: { isWaiting: boolean }) {
  const texts = useTexts()
  const [isSlow, setIsSlow] = useState(false)
  const isLoading = useRef(true)
  useEffect(() => {
    if (!isWaiting) {
      isLoading.current = false
      return
    }
    // People have been waiting since they opened the page.
    const waited = isLoading.current ? performance.now() : 0
    const timer = setTimeout(() => setIsSlow(true), Math.max(0, patienceMs - waited))
    return () => {
      clearTimeout(timer)
      setIsSlow(false)
    }
  }, [isWaiting])
  return (
    <p className={isSlow ? 'sheet-small' : 'spoken'} role="status">
      {isSlow && texts.slow}
    </p>
  )
}
