import './page-frame.css'
import './skeleton.css'
import { type ReactNode, useState } from 'react'
import type { Appearance } from '../../api/appearance.ts'
import { Mark } from '../../design/mark.tsx'
import { Icon } from '../icon.tsx'
import { cleanText } from '../messages/clean-text.ts'
import { languages } from '../translations/languages.ts'
import { useTexts } from '../translations/texts.tsx'

type FrameProps = {
  appearance: Appearance | undefined
  /** Undefined until it is known. */
  organisation: string | undefined
  language: string
  onLanguage(code: string): void
  /** Replaces the organisation's name at the top. */
  strip: ReactNode
  /** Shows the host, so that people who followed a link can check it. */
  isHostShown: boolean
  children: ReactNode
}

/** The frame of all pages: organisation, content, footer. */
export function PageFrame(props: FrameProps) {
  const { appearance, organisation, language, onLanguage, strip, isHostShown, children } = props
  const texts = useTexts()
  const { help, privacy } = appearance?.links ?? {}
  return (
    <>
      <div className="frame-yard">
        <main className="frame-porch">
          <div className="frame-sheet">
            {strip ?? <Organisation appearance={appearance} name={organisation} isHostShown={isHostShown} />}
            {children}
          </div>
        </main>
      </div>
      <footer className="frame-foot">
        <LanguageSwitch chosen={language} offered={appearance?.locales ?? []} onChoose={onLanguage} />
        {help && <FooterLink to={help} text={texts.help} />}
        {privacy && <FooterLink to={privacy} text={texts.privacy} />}
      </footer>
    </>
  )
}

type OrganisationProps = {
  appearance: Appearance | undefined
  name: string | undefined
  isHostShown: boolean
}

function Organisation({ appearance, name, isHostShown }: OrganisationProps) {
  const { logo, logoAlt, logoHeight } = appearance ?? {}
  const [broken, setBroken] = useState<string>()
  return (
    <header className="frame-organisation">
      {logo && logo !== broken ? (
        <img
          src={logo}
          alt={logoAlt || cleanText(name ?? '')}
          height={Math.min(logoHeight || 40, 80)}
          onError={() => setBroken(logo)}
        />
      ) : (
        <span className="frame-name">
          <Mark state={{ kind: 'live', place: 2 }} />
          <bdi>{cleanText(name ?? '', 80)}</bdi>
        </span>
      )}
      {isHostShown && (
        <span className="frame-host">
          {location.protocol === 'https:' && <Icon name="lock" size="s" />}
          <bdi dir="ltr">{location.host}</bdi>
        </span>
      )}
    </header>
  )
}

/** Opens in a new window, so that people don't lose the journey. */
function FooterLink({ to, text }: { to: string; text: string }) {
  if (!/^https?:\/\/|^\//.test(to)) return null
  return (
    <a href={to} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  )
}

type SwitchProps = {
  chosen: string
  /** Languages that the realm has texts in; empty if unknown. */
  offered: readonly string[]
  onChoose(code: string): void
}

function LanguageSwitch({ chosen, offered, onChoose }: SwitchProps) {
  const texts = useTexts()
  const isOffered = (code: string) =>
    offered.length < 2 || offered.some((each) => each.split(/[-_]/)[0] === code)
  const shown = languages.filter(({ code }) => code === chosen || isOffered(code))
  if (shown.length < 2) return null
  return (
    <span className="frame-language">
      <Icon name="globe" size="s" />
      <select
        aria-label={texts.language}
        value={chosen}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {shown.map(({ code, name }) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </span>
  )
}
