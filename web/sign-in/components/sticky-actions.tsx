import { type ReactNode, useEffect, useRef, useState } from 'react'

/** Buttons that stay in view on a phone, as long as they cover at most a quarter of the window. */
export function StickyActions({ children }: { children: ReactNode }) {
  const inside = useRef<HTMLDivElement>(null)
  const [isSmall, setIsSmall] = useState(false)
  useEffect(() => {
    const { current } = inside
    if (current === null) return
    const measure = () => setIsSmall(current.offsetHeight + padding <= innerHeight / 4)
    // Their height changes with the language and the size of the text.
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      removeEventListener('resize', measure)
    }
  }, [])
  return (
    <div className={isSmall ? 'sheet-sticky small' : 'sheet-sticky'}>
      <div className="sheet-equal" ref={inside}>
        {children}
      </div>
    </div>
  )
}

/** Pixels above and below the buttons, as in the styles. */
const padding = 18
