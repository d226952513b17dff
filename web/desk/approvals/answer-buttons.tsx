import { Button, Modal, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Approval, approve, decline } from '../../api/approvals.ts'
import { t } from '../../translate/translate.ts'
import { Translated } from '../../translate/translated.tsx'
import { actionText } from '../messages/action-text.ts'
import { problemText } from '../messages/problem-text.ts'
import { useRealm } from '../navigation/navigation.ts'
import { approvalsQuery } from './approval-queries.ts'

/** Approve, after a question that says what it means, or decline. */
export function AnswerButtons({
  approval,
  sending: { send, isBusy },
}: {
  approval: Approval
  sending: Sending
}) {
  const [asked, setAsked] = useState<'approve' | 'decline'>()
  // Outlives the dialog, so that it can be sent again.
  const [reason, setReason] = useState('')
  const close = () => setAsked(undefined)
  // Closes first, because the server may ask for a sign-in.
  const answer = (sends: (realm: string) => Promise<void>) => {
    close()
    send(sends)
  }
  return (
    <>
      <div className="wrap gap-3">
        <Button loading={isBusy} onClick={() => setAsked('approve')}>
          {t('Approve')}
        </Button>
        <Button variant="outline" color="bad" disabled={isBusy} onClick={() => setAsked('decline')}>
          {t('Decline')}
        </Button>
      </div>
      <Modal opened={asked === 'approve'} onClose={close} title={t('Approve this check?')}>
        <Approve approval={approval} onClose={close} onAnswer={answer} />
      </Modal>
      <Modal opened={asked === 'decline'} onClose={close} title={t('Decline this check?')}>
        <Decline approval={approval} reason={reason} onReason={setReason} onClose={close} onAnswer={answer} />
      </Modal>
    </>
  )
}

type DialogProps = {
  approval: Approval
  onClose(): void
  onAnswer(sends: (realm: string) => Promise<void>): void
}

function Approve({ approval, onClose, onAnswer }: DialogProps) {
  const { requestedBy, subjectName, action } = approval
  return (
    <>
      <p className="dialog-text below-4 muted">
        <Translated
          text={
            action === null
              ? 'You answer for this check together with {agent}. The caller, the history and the audit trail name you. Approve only if you know why {caller} calls. If in doubt, talk to your colleague first.'
              : 'You answer for this check together with {agent}. The caller, the history and the audit trail name you. Approve only if you know why {caller} calls and needs this: {action}. If in doubt, talk to your colleague first.'
          }
          values={{
            agent: <bdi>{requestedBy.displayName}</bdi>,
            caller: <bdi>{subjectName}</bdi>,
            action: <bdi>{actionText(action ?? '')}</bdi>,
          }}
        />
      </p>
      <div className="wrap justify-end gap-2">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('Not yet')}
        </Button>
        <Button onClick={() => onAnswer((realm) => approve(realm, approval._id))}>
          {t('Approve the check')}
        </Button>
      </div>
    </>
  )
}

type DeclineProps = DialogProps & { reason: string; onReason(reason: string): void }

function Decline({ approval, reason, onReason, onClose, onAnswer }: DeclineProps) {
  return (
    <>
      <Textarea
        label={t('Reason (optional)')}
        description={t('{name} reads it.', { name: approval.requestedBy.displayName })}
        maxLength={200}
        value={reason}
        onChange={(event) => onReason(event.currentTarget.value)}
        mb="md"
        data-autofocus
      />
      <div className="wrap justify-end gap-2">
        <Button variant="default" onClick={onClose}>
          {t('Not yet')}
        </Button>
        <Button
          variant="outline"
          color="bad"
          onClick={() => onAnswer((realm) => decline(realm, approval._id, reason.trim()))}
        >
          {t('Decline the check')}
        </Button>
      </div>
    </>
  )
}

export type Sending = ReturnType<typeof useAnswer>

/** Sends the agent's answer. The page has it, because a request that somebody else has answered has no buttons. */
export function useAnswer() {
  const realm = useRealm()
  const queries = useQueryClient()
  const [problem, setProblem] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const send = async (answer: (realm: string) => Promise<void>) => {
    setProblem('')
    setIsBusy(true)
    try {
      await answer(realm)
      await queries.invalidateQueries(approvalsQuery(realm))
    } catch (error) {
      // The server says who was faster, or why this agent may not answer.
      setProblem(problemText(error))
      void queries.invalidateQueries(approvalsQuery(realm))
    }
    setIsBusy(false)
  }
  return { send, problem, isBusy }
}
