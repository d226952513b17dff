import { pageLanguage, t } from '../../translate/translate.ts'
import './codes-card.css'
import { IconCheck, IconShield, IconVolume } from '@tabler/icons-react'
import { failedSignIns, hasBegun, isCodeMatched } from '../../check-model/check.ts'
import { spellOut } from '../../design/read-aloud.ts'
import { SpokenCode } from '../../design/spoken-code.tsx'
import type { CheckView } from './use-check.ts'

/** The codes in the order in which the agent reads them aloud: first the agent's own, then the digits that the caller enters. */
export function CodesCard(view: CheckView) {
  const { code, reverseCode, hasCodes } = view.check
  if (!hasCodes) return null
  return (
    <section className="card codes-card" aria-label={t('Codes')}>
      {(code === undefined || reverseCode !== undefined) && <AgentsCode {...view} />}
      {code !== undefined && <CallersCode {...view} code={code} />}
      {code !== undefined && reverseCode === undefined && <AgentsCode {...view} />}
    </section>
  )
}

function CallersCode({ check, details, name, code }: CheckView & { code: string }) {
  const isMatched = isCodeMatched(check)
  const isNow = hasBegun(check) && !isMatched
  const Icon = isMatched ? IconCheck : IconVolume
  return (
    <div>
      <h2 className="row gap-2 text-note medium">
        <Icon size={16} stroke={1.75} aria-hidden />
        {isMatched
          ? t('Code entered correctly')
          : codeTitle(details, name, failedSignIns(check) !== undefined)}
      </h2>
      {/* Until the link is opened there is nothing else to read. */}
      <SpokenCode code={code} isSpent={!isNow && check.reverseCode !== undefined} language={pageLanguage()} />
    </div>
  )
}

function AgentsCode({ check, details, name }: CheckView) {
  const { code, reverseCode } = check
  const isCaller = details.vouchFor === undefined
  const isFirst = code !== undefined && reverseCode !== undefined && !hasBegun(check)
  return (
    <div>
      <h2 className="row gap-2 text-note medium">
        <IconShield size={16} stroke={1.75} aria-hidden />
        {isFirst
          ? t('Read this first: your own code')
          : isCaller
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
            isSpent={code !== undefined && hasBegun(check)}
            language={pageLanguage()}
          />
          <p className="note">
            {t('{code}. The caller sees the same code.', { code: spellOut(reverseCode, pageLanguage()) })}
          </p>
        </>
      )}
    </div>
  )
}

function codeTitle({ vouchFor }: CheckView['details'], name: string, isAgain: boolean): string {
  if (vouchFor !== undefined)
    return t('Call {name} and read this to them. Don’t read it to the caller.', { name })
  return isAgain
    ? t('Read this again: the page asks for it again.')
    : t('Read this aloud. The caller enters it.')
}
