import './sheet.css'
import { type ReactNode, useEffect, useRef } from 'react'

type SheetProps = {
  heading: ReactNode
  /** Below the heading, in one or two sentences. */
  lede?: ReactNode
  /** Above the heading: a picture of what is going on. Then the page is centred. */
  picture?: ReactNode
  /** Whether heading and lede change while the page stays: then they are read aloud. */
  isLive?: boolean
  /** Whether the heading takes the focus: a page that came without being asked for. */
  isFocused?: boolean
  children?: ReactNode
}

/** What a page says and asks, below the organisation's name. */
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
