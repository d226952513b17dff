import { formatNumber, t, translateKnown } from '../../translate/translate.ts'
import { Translated } from '../../translate/translated.tsx'
import './check-gate.css'
import { failedSignIns, isAlarm, lastStatus, linkMail, stageOf } from '../../check-model/check.ts'
import { checkMark, type Ended, gateEnd, isEnded, isResult } from '../../check-model/check-mark.ts'
import { spokenTimeLeft, timeAgo, timeLeft } from '../../check-model/times.ts'
import { EndedGate, type GateStages, LiveGate } from '../../design/gate.tsx'
import { Mark } from '../../design/mark.tsx'
import { useServerNow } from '../components/use-server-now.ts'
import { resultMessage } from '../messages/check-messages.ts'
import { needsText } from '../messages/requirement-texts.ts'
import { MethodChips, ResultUse, UsedBefore } from './proof.tsx'
import { WithdrawResult } from './result-delay.tsx'
import { StartAgain } from './start-again.tsx'
import { StartEnough } from './start-enough.tsx'
import type { CheckView } from './use-check.ts'

function stagesOf(asksCode = false): GateStages {
  return asksCode
    ? [t('Link created'), t('Opened'), t('Code matched'), t('Signing in'), t('Result')]
    : [t('Link created'), t('Opened'), t('Signing in'), t('Checking'), t('Result')]
}

/** The state of a check in large type: whether the agent may act on the request. */
export function CheckGate(view: CheckView) {
  const { standing, details, check, proof } = view
  const message = resultMessage(standing, details)
  if (isEnded(standing)) return <EndedCheck {...view} end={standing} message={message} />
  const needs = proof && needsText(proof.needs)
  return (
    <LiveGate
      label={t('Steps of this check')}
      stages={stagesOf(details.asksCode)}
      place={stageOf(standing, details.asksCode)}
      aside={<TimeLeft expiresAt={check.expiresAt} />}
    >
      <h2>
        <bdi>{message.headline}</bdi>
      </h2>
      <p className="news text-body muted breaks">
        <LatestUpdate {...view} sentence={message.sentence} />
      </p>
      {needs !== undefined && (
        <p className="needs above-1 text-note breaks">{t('The result needs {needs}.', { needs })}</p>
      )}
    </LiveGate>
  )
}

type EndedProps = CheckView & {
  end: Ended
  message: ReturnType<typeof resultMessage>
}

function EndedCheck({ end, message, ...view }: EndedProps) {
  const { reference, details, row, proof } = view
  return (
    <EndedGate end={gateEnd(end)}>
      <Mark state={checkMark(end)} />
      <div className="result grow breaks">
        <h2>
          <bdi>{message.headline}</bdi>
        </h2>
        <p>
          <bdi>{message.sentence}</bdi>
        </p>
        {proof !== undefined && isResult(end) && <MethodChips proof={proof} />}
        {proof !== undefined && (isAlarm(end) || end === 'withdrawn') && (
          <UsedBefore proof={proof} ownName={details.isOwn ? row?.agent : undefined} />
        )}
      </div>
      {proof !== undefined && isResult(end) && details.isOwn && (
        <ResultUse reference={reference} proof={proof} ticket={row?.ticket ?? undefined} />
      )}
      {(end === 'not-enough' || end === 'unbound') && <StartEnough {...view} />}
      {proof !== undefined && isResult(end) && (
        <WithdrawResult reference={reference} proof={proof} isOwn={details.isOwn} />
      )}
      <StartAgain {...view} />
    </EndedGate>
  )
}

/** The latest update from the caller's journey. In quotes, because it is untrusted text. */
function LatestUpdate({ check, standing, sentence }: CheckView & { sentence: string }) {
  const failed = failedSignIns(check)
  const status = lastStatus(check)
  if (failed !== undefined && failed.lastFailedAt >= (status?.at ?? 0)) {
    return (
      <>
        <FailedSignIn {...failed} /> <TimeAgo at={failed.lastFailedAt} />
      </>
    )
  }
  if (status !== undefined) {
    return (
      <>
        <bdi>{t('“{text}”', { text: status.text })}</bdi> <TimeAgo at={status.at} />
      </>
    )
  }
  const mail = standing === 'created' ? linkMail(check) : undefined
  if (mail !== undefined) {
    return (
      <>
        {t(emailTexts[mail.state])} <TimeAgo at={mail.at} />
      </>
    )
  }
  return sentence
}

const emailTexts = {
  queued: 'Email queued, not sent yet',
  delivered: 'Sent by email',
  failed: 'The email could not be sent',
} as const

/** The reason is in quotes, because it is untrusted text. */
function FailedSignIn({ count, reason }: { count: number; reason: string | undefined }) {
  const values = { times: formatNumber(count) }
  if (reason === undefined) return count > 1 ? t('Sign-in failed ({times})', values) : t('Sign-in failed')
  const shown = { ...values, reason: <bdi>{t('“{text}”', { text: translateKnown(reason) })}</bdi> }
  return (
    <Translated
      text={count > 1 ? 'Sign-in failed ({times}): {reason}' : 'Sign-in failed: {reason}'}
      values={shown}
    />
  )
}

function TimeAgo({ at }: { at: number }) {
  const now = useServerNow()
  return (
    <span className="ago figures text-note nowrap" aria-hidden="true">
      {timeAgo(at, now)}
    </span>
  )
}

function TimeLeft({ expiresAt }: { expiresAt: number }) {
  const now = useServerNow()
  return (
    <div className="time-left note push-end nowrap text-end">
      <Translated
        text="{time} left"
        values={{ time: <b className="figures block strong tight inked">{timeLeft(expiresAt, now)}</b> }}
      />
      <span className="spoken" role="status">
        {spokenTimeLeft(expiresAt, now)}
      </span>
    </div>
  )
}
