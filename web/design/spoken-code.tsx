import './spoken-code.css'
import { groupCode, spellOut } from './read-aloud.ts'

type SpokenCodeProps = { code: string; isSpent?: boolean; language?: string }

/** A code that the agent or the caller reads aloud. Screen readers spell it out. */
export function SpokenCode({ code, isSpent = false, language = 'en' }: SpokenCodeProps) {
  return (
    <p className={isSpent ? 'big-code spent' : 'big-code'}>
      <span aria-hidden="true">
        {groupCode(code).map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups of one code never move, and two may be equal
          <span key={index} className="group">
            {group}
          </span>
        ))}
      </span>
      <span className="spoken">{spellOut(code, language)}</span>
    </p>
  )
}
