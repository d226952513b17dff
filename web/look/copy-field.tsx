import './copy-field.css'
import { useState } from 'react'

/** A text to hand on, such as a link: shown on one line, copied with one press. */
export function CopyField({ text, label }: { text: string; label: string }) {
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setIsCopied(true)
  }
  return (
    <div className="copy-field">
      <input readOnly value={text} aria-label={label} onFocus={(event) => event.currentTarget.select()} />
      <button type="button" onClick={copy}>
        {isCopied ? 'Copied' : 'Copy'}
      </button>
      <span className="spoken" role="status">
        {isCopied ? `${label} copied` : ''}
      </span>
    </div>
  )
}
