import { pageLanguage, t } from '../../translate/translate.ts'
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
  const isCaller = details.vouchFor === undefined
  if (!hasCodes) return null
  return (
    <section className="card codes-card" aria-label={t('Codes')}>
      {code !== undefined && (
        <div>
          <h2>
            {isMatched ? (
              <IconCheck size={16} stroke={1.75} aria-hidden />
            ) : (
              <IconVolume size={16} stroke={1.75} aria-hidden />
            )}
            {isMatched ? t('Code entered correctly') : codeTitle(details, name)}
          </h2>
          <SpokenCode code={code} isSpent={isMatched} language={pageLanguage()} />
        </div>
      )}
      <div>
        <h2>
          <IconShield size={16} stroke={1.75} aria-hidden />
          {isCaller
            ? t('If the caller asks who you are, read this')
            : t('If {name} asks who you are, read this', { name })}
        </h2>
        {reverseCode === undefined ? (
          <p className="note">
            {isCaller
              ? t('The code appears here once the caller has opened the link and confirmed the call.')
              : t('The code appears here once {name} has opened the link and confirmed the call.', { name })}
          </p>
        ) : (
          <>
            <SpokenCode
              code={reverseCode}
              isSpent={code !== undefined && !isMatched}
              language={pageLanguage()}
            />
            <p className="note">
              {t('{code}. The caller sees the same code.', { code: spellOut(reverseCode, pageLanguage()) })}
            </p>
          </>
        )}
      </div>
    </section>
  )
}

function codeTitle({ vouchFor }: CheckView['details'], name: string): string {
  return vouchFor === undefined
    ? t('Read this aloud. The caller enters it.')
    : t('Call {name} and read this to them. Don’t read it to the caller.', { name })
}
