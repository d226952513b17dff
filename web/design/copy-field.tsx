import './copy-field.css'
import { useState } from 'react'

type CopyFieldProps = { text: string; label: string; words?: { copy: string; copied: string } }

const english = { copy: 'Copy', copied: 'Copied' }

/** A text to hand on, such as a link: shown on one line, copied with one press. */
export function CopyField({ text, label, words = english }: CopyFieldProps) {
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setIsCopied(true)
  }
  return (
    <div className="copy-field">
      <input readOnly value={text} aria-label={label} onFocus={(event) => event.currentTarget.select()} />
      <button type="button" onClick={copy}>
        {isCopied ? words.copied : words.copy}
      </button>
      <span className="spoken" role="status">
        {isCopied ? `${label}: ${words.copied}` : ''}
      </span>
    </div>
  )
}
