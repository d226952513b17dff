import { useEffect, useState } from 'react'
import type { FirstLook } from '../layout/first-look.ts'
import { PageFrame } from '../layout/page-frame.tsx'
import { useAppearance } from '../layout/use-appearance.ts'
import { bestLanguage, type Language, saveLanguage } from '../translations/languages.ts'
import type { Texts } from '../translations/texts.tsx'
import { TextsContext } from '../translations/texts.tsx'
import { OwnSessions } from './own-sessions.tsx'

type PageProps = {
  realm: string
  firstLanguage: Language
  firstWords: Texts
  firstLook: FirstLook | undefined
}

/** The page on which people see and end their own sessions, and remove their devices. */
export function OwnSessionsPage({ realm, firstLanguage, firstWords, firstLook }: PageProps) {
  const [{ language, texts }, setLanguage] = useState({ language: firstLanguage, texts: firstWords })
  const { appearance, isLoading } = useAppearance(
    { realm, journey: undefined, language: language.code },
    firstLook,
  )
  const { sessionsPage: own } = texts
  const organisation = appearance?.organisation || (isLoading ? undefined : 'Sidegate')
  const choose = async (code: string) => {
    const next = bestLanguage([code])
    saveLanguage(code)
    setLanguage({ language: next, texts: await next.texts() })
  }
  useEffect(() => {
    document.documentElement.lang = language.code
    document.documentElement.dir = language.direction
    document.title = [own.title, organisation].filter(Boolean).join(' · ')
  }, [language, own, organisation])
  return (
    <TextsContext value={texts}>
      <PageFrame
        appearance={appearance}
        organisation={organisation}
        language={language.code}
        onLanguage={(code) => void choose(code)}
        strip={undefined}
        isHostShown={false}
      >
        <OwnSessions realm={realm} language={language.code} texts={own} />
      </PageFrame>
    </TextsContext>
  )
}
