import './check-gate.css'
import {
  failedSignIns,
  isAlarm,
  lastStatus,
  linkMail,
  stageOf,
  wasVerified,
} from '../../check-model/check.ts'
import { checkMark, gateEnd, isEnded } from '../../check-model/check-mark.ts'
import { spokenTimeLeft, timeAgo, timeLeft } from '../../check-model/times.ts'
import { EndedGate, type GateStages, LiveGate } from '../../design/gate.tsx'
import { Mark } from '../../design/mark.tsx'
import { useServerNow } from '../components/use-server-now.ts'
import { resultMessage } from '../messages/check-messages.ts'
import { needsText, unusableText } from '../messages/requirement-texts.ts'
import { MethodChips, ResultUse, UsedBefore, useProof } from './proof.tsx'
import { WithdrawResult } from './result-delay.tsx'
import { StartAgain } from './start-again.tsx'
import type { CheckView } from './use-check.ts'

const stages: GateStages = ['Link created', 'Opened', 'Signing in', 'Checking', 'Result']
const codeStages: GateStages = ['Link created', 'Opened', 'Code matched', 'Signing in', 'Result']

/** The state of a check in large type: whether the agent may act on the request. */
export function CheckGate(view: CheckView) {
  const { standing, details, check } = view
  const proof = useProof(view.reference, wasVerified(check))
  const isVerified = standing === 'verified'
  const { headline, sentence } = resultMessage(standing, {
    ...details,
    unusable: proof && unusableText(details.action, proof),
  })
  const needs = proof && needsText(proof.needs)
  if (isEnded(standing)) {
    // An agent withdrew the result: nobody may act on it, although the caller was verified.
    const isWithdrawn = isVerified && proof?.grant.withdrawnBy !== undefined
    const shown = isWithdrawn ? 'not-verified' : standing
    return (
      <EndedGate end={gateEnd(shown)}>
        <Mark state={checkMark(shown)} />
        <div className="result">
          <h2>
            <bdi>{isWithdrawn ? 'Result withdrawn' : headline}</bdi>
          </h2>
          <p>
            <bdi>{sentence}</bdi>
          </p>
          {proof !== undefined && isVerified && <MethodChips proof={proof} />}
          {proof !== undefined && isAlarm(standing) && (
            <UsedBefore proof={proof} ownName={details.isOwn ? view.row?.agent : undefined} />
          )}
        </div>
        {proof !== undefined && isVerified && details.isOwn && (
          <ResultUse reference={view.reference} proof={proof} ticket={view.row?.ticket ?? undefined} />
        )}
        {proof !== undefined && isVerified && (
          <WithdrawResult reference={view.reference} proof={proof} isOwn={details.isOwn} />
        )}
        <StartAgain {...view} />
      </EndedGate>
    )
  }
  return (
    <LiveGate
      stages={details.asksCode ? codeStages : stages}
      place={stageOf(standing, details.asksCode)}
      aside={<TimeLeft expiresAt={check.expiresAt} />}
    >
      <h2>
        <bdi>{headline}</bdi>
      </h2>
      <p className="news">
        <LatestUpdate {...view} sentence={sentence} />
      </p>
      {needs !== undefined && <p className="needs">The result needs {needs}.</p>}
    </LiveGate>
  )
}

/** The latest update from the caller's journey. In quotes, because it is untrusted text. */
function LatestUpdate({ check, standing, sentence }: CheckView & { sentence: string }) {
  const failed = failedSignIns(check)
  const status = lastStatus(check)
  if (failed !== undefined && failed.lastFailedAt >= (status?.at ?? 0)) {
    return (
      <>
        Sign-in failed{failed.count > 1 ? ` (${failed.count})` : ''}
        {failed.reason !== undefined && <bdi>: “{failed.reason}”</bdi>} <TimeAgo at={failed.lastFailedAt} />
      </>
    )
  }
  if (status !== undefined) {
    return (
      <>
        <bdi>“{status.text}”</bdi> <TimeAgo at={status.at} />
      </>
    )
  }
  const mail = standing === 'created' ? linkMail(check) : undefined
  if (mail !== undefined) {
    return (
      <>
        {emailTexts[mail.state]} <TimeAgo at={mail.at} />
      </>
    )
  }
  return sentence
}

const emailTexts = {
  queued: 'Email queued, not sent yet',
  delivered: 'Sent by email',
  failed: 'The email could not be sent',
}

function TimeAgo({ at }: { at: number }) {
  const now = useServerNow()
  return (
    <span className="ago figures" aria-hidden="true">
      {timeAgo(at, now)}
    </span>
  )
}

function TimeLeft({ expiresAt }: { expiresAt: number }) {
  const now = useServerNow()
  return (
    <div className="time-left">
      <b className="figures">{timeLeft(expiresAt, now)}</b> left
      <span className="spoken" role="status">
        {spokenTimeLeft(expiresAt, now)}
      </span>
    </div>
  )
}
