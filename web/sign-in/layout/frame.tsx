import './frame.css'
import type { ReactNode } from 'react'
import type { Appearance } from '../../api/appearance.ts'
import { Mark } from '../../design/mark.tsx'
import { Icon } from '../icon.tsx'
import { plain } from '../messages/plain.ts'
import { useWords } from '../translations/words.tsx'
import { LanguageSwitch } from './language-switch.tsx'

type FrameProps = {
  appearance: Appearance | undefined
  organisation: string
  language: string
  onLanguage(code: string): void
  /** What the page is about, in a line above all else, instead of the organisation's name. */
  strip: ReactNode
  /** Whether the page says where it is, for people who were sent here. */
  isHostShown: boolean
  children: ReactNode
}

/** The sheet on the porch, with the organisation's name above and the small links below. */
export function Frame(props: FrameProps) {
  const { appearance, organisation, language, onLanguage, strip, isHostShown, children } = props
  const words = useWords()
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
        {help && <FootLink to={help} text={words.help} />}
        {privacy && <FootLink to={privacy} text={words.privacy} />}
      </footer>
    </>
  )
}

type OrganisationProps = { appearance: Appearance | undefined; name: string; isHostShown: boolean }

function Organisation({ appearance, name, isHostShown }: OrganisationProps) {
  const { logo, logoAlt, logoHeight } = appearance ?? {}
  return (
    <header className="frame-organisation">
      {logo ? (
        <img src={logo} alt={logoAlt || plain(name)} height={Math.min(logoHeight || 40, 80)} />
      ) : (
        <span className="frame-name">
          <Mark state={{ kind: 'live', place: 2 }} />
          <bdi>{plain(name, 80)}</bdi>
        </span>
      )}
      {isHostShown && (
        <span className="frame-host">
          <Icon name="lock" size="s" />
          <bdi dir="ltr">{location.host}</bdi>
        </span>
      )}
    </header>
  )
}

/** Links that an operator wrote: into a window of their own, so that nobody loses the journey. */
function FootLink({ to, text }: { to: string; text: string }) {
  if (!/^https?:\/\/|^\//.test(to)) return null
  return (
    <a href={to} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  )
}
