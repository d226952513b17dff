import './sheet.css'
import { type ReactNode, useEffect, useRef } from 'react'

type SheetProps = {
  heading: ReactNode
  /** One or two sentences below the heading. */
  lede?: ReactNode
  /** Illustration above the heading; also centres the page. */
  picture?: ReactNode
  /** Announces changes of heading and lede to screen readers. */
  isLive?: boolean
  /** Focuses the heading, for pages that replace another one. */
  isFocused?: boolean
  children?: ReactNode
}

/** The content of a page. */
export function Sheet({ heading, lede, picture, isLive = false, isFocused = false, children }: SheetProps) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isFocused) title.current?.focus()
  }, [isFocused])
  return (
    <div className={picture ? 'sheet centred' : 'sheet'}>
      <div className="sheet-head" role={isLive ? 'status' : undefined}>
        {picture}
        <h1 ref={title} tabIndex={-1}>
          {heading}
        </h1>
        {lede && <div className="sheet-lede">{lede}</div>}
      </div>
      {children}
    </div>
  )
}
