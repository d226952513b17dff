import { useEffect, useState } from 'react'
import { PageFrame } from '../layout/page-frame.tsx'
import { bestLanguage, type Language, saveLanguage } from '../translations/languages.ts'
import type { Texts } from '../translations/texts.tsx'
import { TextsContext } from '../translations/texts.tsx'
import { CodeForm } from './code-form.tsx'
import { codeInFragment } from './typed-code.ts'

type PageProps = { firstLanguage: Language; firstWords: Texts; organisation: string }

/** The page behind the short address. It knows no realm, so it has no realm's look. */
export function ShortCodePage({ firstLanguage, firstWords, organisation }: PageProps) {
  const [{ language, texts }, setLanguage] = useState({ language: firstLanguage, texts: firstWords })
  const [chosen, setChosen] = useState(new URLSearchParams(location.search).get('locale') ?? undefined)
  const sent = useCodeInAddress()
  const { shortCode: own } = texts
  const choose = async (code: string) => {
    const next = bestLanguage([code])
    saveLanguage(code)
    setChosen(code)
    setLanguage({ language: next, texts: await next.texts() })
  }
  useEffect(() => {
    document.documentElement.lang = language.code
    document.documentElement.dir = language.direction
    document.title = `${own.title} · ${organisation}`
  }, [language, own, organisation])
  return (
    <TextsContext value={texts}>
      <PageFrame
        appearance={undefined}
        organisation={organisation}
        language={language.code}
        onLanguage={(code) => void choose(code)}
        strip={undefined}
        isHostShown
      >
        <CodeForm key={sent.visit} sent={sent.code} texts={own} locale={chosen} />
      </PageFrame>
    </TextsContext>
  )
}

/** The code in the address, which is then removed from the address and from the browser's history. */
function useCodeInAddress(): { code: string; visit: number } {
  const [sent, setSent] = useState(() => ({ code: codeInFragment(location.hash), visit: 0 }))
  useEffect(() => {
    const read = () => {
      const code = codeInFragment(location.hash)
      if (code === '') return
      setSent(({ visit }) => ({ code, visit: visit + 1 }))
      forgetFragment()
    }
    forgetFragment()
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [])
  return sent
}

function forgetFragment(): void {
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search)
}
