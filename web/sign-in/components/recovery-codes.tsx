import './recovery-codes.css'
import { useState } from 'react'
import { plain } from '../messages/plain.ts'
import { fill, useWords } from '../translations/words.tsx'
import { Button } from './button.tsx'

/** Codes to keep somewhere else than in this page. */
export default function RecoveryCodes({ codes, device }: { codes: readonly string[]; device: string }) {
  const words = useWords()
  const [isCopied, setIsCopied] = useState(false)
  const text = `${codes.join('\n')}\n`
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setIsCopied(true)
  }
  return (
    <div className="recovery-codes">
      <p className="sheet-lede">{words.recoveryText}</p>
      <ol aria-label={words.recovery}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      {device !== '' && (
        <p className="sheet-small">
          <bdi>{fill(words.recoveryFor, { device: plain(device, 80) })}</bdi>
        </p>
      )}
      <div className="recovery-codes-ways">
        <Button kind="quiet" onClick={() => void copy().catch(() => {})}>
          {isCopied ? words.copied : words.copy}
        </Button>
        <Button kind="quiet" onClick={() => download(text)}>
          {words.download}
        </Button>
        <Button kind="quiet" onClick={() => print()}>
          {words.print}
        </Button>
      </div>
      <span className="spoken" role="status">
        {isCopied ? words.copied : ''}
      </span>
    </div>
  )
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: 'recovery-codes.txt' })
  link.click()
  URL.revokeObjectURL(url)
}
