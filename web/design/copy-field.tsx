import './copy-field.css'
import { useState } from 'react'

type CopyFieldProps = { text: string; label: string; labels?: { copy: string; copied: string } }

const defaultLabels = { copy: 'Copy', copied: 'Copied' }

/** A read-only text, such as a link, with a button that copies it. */
export function CopyField({ text, label, labels = defaultLabels }: CopyFieldProps) {
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setIsCopied(true)
  }
  return (
    <div className="copy-field">
      <input readOnly value={text} aria-label={label} onFocus={(event) => event.currentTarget.select()} />
      <button type="button" onClick={copy}>
        {isCopied ? labels.copied : labels.copy}
      </button>
      <span className="spoken" role="status">
        {isCopied ? `${label}: ${labels.copied}` : ''}
      </span>
    </div>
  )
}
