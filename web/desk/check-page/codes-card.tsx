import './codes-card.css'
import { IconCheck, IconShield, IconVolume } from '@tabler/icons-react'
import { isCodeMatched } from '../../check-model/check.ts'
import { spellOut } from '../../design/read-aloud.ts'
import { SpokenCode } from '../../design/spoken-code.tsx'
import type { CheckView } from './use-check.ts'

/** The codes that the agent reads aloud: one for the caller to enter, one that proves the agent to the caller. */
export function CodesCard({ check, details, name }: CheckView) {
  const { code, reverseCode, hasCodes } = check
  const isMatched = isCodeMatched(check)
  if (!hasCodes) return null
  return (
    <section className="card codes-card" aria-label="Codes">
      {code !== undefined && (
        <div>
          <h2>
            {isMatched ? (
              <IconCheck size={16} stroke={1.75} aria-hidden />
            ) : (
              <IconVolume size={16} stroke={1.75} aria-hidden />
            )}
            {isMatched ? 'Code entered correctly' : codeTitle(details, name)}
          </h2>
          <SpokenCode code={code} isSpent={isMatched} />
        </div>
      )}
      <div>
        <h2>
          <IconShield size={16} stroke={1.75} aria-hidden />
          If {details.vouchFor === undefined ? 'the caller' : name} asks who you are, read this
        </h2>
        {reverseCode === undefined ? (
          <p className="note">
            The code appears here once {details.vouchFor === undefined ? 'the caller' : name} has opened the
            link and confirmed the call.
          </p>
        ) : (
          <>
            <SpokenCode code={reverseCode} isSpent={code !== undefined && !isMatched} />
            <p className="note">{spellOut(reverseCode)}. The caller sees the same code.</p>
          </>
        )}
      </div>
    </section>
  )
}

function codeTitle({ vouchFor }: CheckView['details'], name: string): string {
  return vouchFor === undefined
    ? 'Read this aloud. The caller enters it.'
    : `Call ${name} and read this to them. Don’t read it to the caller.`
}
