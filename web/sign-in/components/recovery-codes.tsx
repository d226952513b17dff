import './recovery-codes.css'
import { useState } from 'react'
import { cleanText } from '../messages/clean-text.ts'
import { fill, useTexts } from '../translations/texts.tsx'
import { Button } from './button.tsx'

/** Recovery codes with ways to save them. */
export default function RecoveryCodes({ codes, device }: { codes: readonly string[]; device: string }) {
  const texts = useTexts()
  const [isCopied, setIsCopied] = useState(false)
  const text = `${codes.join('\n')}\n`
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setIsCopied(true)
  }
  return (
    <div className="recovery-codes">
      <p className="sheet-lede">{texts.recoveryText}</p>
      <ol aria-label={texts.recovery}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      {device !== '' && (
        <p className="sheet-small">
          <bdi>{fill(texts.recoveryFor, { device: cleanText(device, 80) })}</bdi>
        </p>
      )}
      <div className="recovery-codes-ways">
        <Button kind="quiet" onClick={() => void copy().catch(() => {})}>
          {isCopied ? texts.copied : texts.copy}
        </Button>
        <Button kind="quiet" onClick={() => download(text)}>
          {texts.download}
        </Button>
        <Button kind="quiet" onClick={() => print()}>
          {texts.print}
        </Button>
      </div>
      <span className="spoken" role="status">
        {isCopied ? texts.copied : ''}
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
