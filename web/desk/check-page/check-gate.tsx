import './check-gate.css'
import { Button } from '@mantine/core'
import { failedSignIns, lastStatus, linkMail, stageOf } from '../../check-model/check.ts'
import { checkMark, gateEnd, isEnded } from '../../check-model/check-mark.ts'
import { spokenTimeLeft, timeAgo, timeLeft } from '../../check-model/times.ts'
import { EndedGate, type GateStages, LiveGate } from '../../design/gate.tsx'
import { Mark } from '../../design/mark.tsx'
import { useNow } from '../../design/use-now.ts'
import { headlineOf } from '../messages/words.ts'
import { useGo } from '../navigation/navigation.ts'
import { ProofChips, ResultUse, useProof } from './proof.tsx'
import type { Watched } from './use-watched.ts'

const stages: GateStages = ['Link made', 'Opened', 'Signing in', 'Checking', 'Result']
const codeStages: GateStages = ['Link made', 'Opened', 'Code matched', 'Signing in', 'Result']

/** The answer to "may I go on?", the largest thing on the page. */
export function CheckGate(watched: Watched & { isSmall?: boolean }) {
  const { standing, called, check, isSmall = false } = watched
  const proof = useProof(watched.reference, standing === 'verified')
  const { headline, sentence } = headlineOf(standing, { ...called, isTooWeak: proof?.grant.state === 'weak' })
  if (isEnded(standing)) {
    return (
      <EndedGate end={gateEnd(standing)}>
        <Mark state={checkMark(standing)} />
        <div className="result">
          <h2>
            <bdi>{headline}</bdi>
          </h2>
          <p>
            <bdi>{sentence}</bdi>
          </p>
          {proof !== undefined && <ProofChips proof={proof} />}
        </div>
        {proof !== undefined && called.isOwn && <ResultUse reference={watched.reference} proof={proof} />}
        {!isSmall && <Next {...watched} />}
      </EndedGate>
    )
  }
  return (
    <LiveGate
      stages={called.asksCode ? codeStages : stages}
      place={stageOf(standing, called.asksCode)}
      aside={<TimeLeft expiresAt={check.expiresAt} />}
    >
      <h2>
        <bdi>{headline}</bdi>
      </h2>
      <p className="news">
        <News {...watched} sentence={sentence} />
      </p>
    </LiveGate>
  )
}

/** The newest words of the caller's journey, in quotes: they are a stranger's. */
function News({ check, standing, sentence }: Watched & { sentence: string }) {
  const failed = failedSignIns(check)
  const status = lastStatus(check)
  if (failed !== undefined && failed.lastFailedAt >= (status?.at ?? 0)) {
    return (
      <>
        Sign-in failed{failed.count > 1 ? ` (${failed.count})` : ''}
        {failed.reason !== undefined && <bdi>: “{failed.reason}”</bdi>} <Ago at={failed.lastFailedAt} />
      </>
    )
  }
  if (status !== undefined) {
    return (
      <>
        <bdi>“{status.text}”</bdi> <Ago at={status.at} />
      </>
    )
  }
  const mail = standing === 'created' ? linkMail(check) : undefined
  if (mail !== undefined) {
    return (
      <>
        {mailWords[mail.state]} <Ago at={mail.at} />
      </>
    )
  }
  return sentence
}

const mailWords = {
  queued: 'Mail queued, not sent yet',
  delivered: 'Sent by mail',
  failed: 'The mail could not be sent',
}

function Ago({ at }: { at: number }) {
  const now = useNow()
  return (
    <span className="ago figures" aria-hidden="true">
      {timeAgo(at, now)}
    </span>
  )
}

function TimeLeft({ expiresAt }: { expiresAt: number }) {
  const now = useNow()
  return (
    <div className="time-left">
      <b className="figures">{timeLeft(expiresAt, now)}</b> left
      <span className="spoken" role="status">
        {spokenTimeLeft(expiresAt, now)}
      </span>
    </div>
  )
}

/** What the agent can do after an end that confirmed nothing. */
function Next({ standing, live, record, called }: Watched) {
  const go = useGo()
  if (!['expired', 'cancelled', 'not-verified', 'wrong-code'].includes(standing)) return null
  const isRefusal = standing === 'not-verified' || standing === 'wrong-code'
  const again = () =>
    go({
      page: 'new',
      q: live.person?.mail ?? record?.subject ?? undefined,
      action: called.action,
      ticket: record?.ticket ?? undefined,
    })
  return (
    <div className="next">
      <Button variant={isRefusal ? 'default' : 'filled'} size="md" onClick={again}>
        Start again
      </Button>
      <span>Same caller, same ticket</span>
    </div>
  )
}
