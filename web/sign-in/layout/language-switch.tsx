import { Icon } from '../icon.tsx'
import { languages } from '../translations/languages.ts'
import { useTexts } from '../translations/texts.tsx'

type SwitchProps = {
  chosen: string
  /** Languages that the realm has texts in; empty if unknown. */
  offered: readonly string[]
  onChoose(code: string): void
}

export function LanguageSwitch({ chosen, offered, onChoose }: SwitchProps) {
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
