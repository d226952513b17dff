import './codes-card.css'
import { IconCheck, IconShield, IconVolume } from '@tabler/icons-react'
import { isCodeMatched } from '../../check-model/check.ts'
import { spellOut } from '../../design/read-aloud.ts'
import { SpokenCode } from '../../design/spoken-code.tsx'
import type { Watched } from './use-watched.ts'

/** What the agent reads aloud: the code that the caller types, and the one that the caller's page shows. */
export function CodesCard({ check, called, name }: Watched) {
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
            {isMatched ? 'Code typed correctly' : codeTitle(called, name)}
          </h2>
          <SpokenCode code={code} isSpent={isMatched} />
        </div>
      )}
      <div>
        <h2>
          <IconShield size={16} stroke={1.75} aria-hidden />
          If {called.vouchFor === undefined ? 'the caller' : name} asks who you are, read this
        </h2>
        {reverseCode === undefined ? (
          <p className="note">
            The code appears here once the caller has the page open and says that they called you.
          </p>
        ) : (
          <>
            <SpokenCode code={reverseCode} isSpent={code !== undefined && !isMatched} />
            <p className="note">{spellOut(reverseCode)}. The caller’s page shows the same.</p>
          </>
        )}
      </div>
    </section>
  )
}

function codeTitle({ vouchFor }: Watched['called'], name: string): string {
  return vouchFor === undefined
    ? 'Read this aloud; the caller types it'
    : `Call ${name} and read this to them. Don’t read it to the caller.`
}
