import { Button } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { readCheck } from '../../api/help-desk.ts'
import { type Check, isCodeMatched } from '../../check-model/check.ts'
import { checkMark, isEnded } from '../../check-model/check-mark.ts'
import { timeLeft } from '../../check-model/times.ts'
import { Mark } from '../../design/mark.tsx'
import { groupCode, spellOut } from '../../design/read-aloud.ts'
import { pageLanguage, t } from '../../translate/translate.ts'
import { useFrontJourneys } from '../checks/journey-store.ts'
import { useLiveChecks, watchWhileShown } from '../checks/live-checks.ts'
import { useServerNow } from '../components/use-server-now.ts'
import type { ListedCheck } from '../layout/use-check-list.ts'
import { actionText } from '../messages/action-text.ts'
import { shortStatus } from '../messages/check-messages.ts'
import { Link } from '../navigation/link.tsx'
import { useRealm } from '../navigation/navigation.ts'

/** One check among all. @param isLive follows its feed; others are as recent as the list. */
const inks: Readonly<Record<string, string>> = {
  verified: 'ink-good',
  'not-verified': 'ink-bad',
  'not-me': 'ink-alarm',
}

export function CheckRowCard({ row, standing, isLive }: ListedCheck & { isLive: boolean }) {
  const { reference, vouchFor, expiresAt, action, ticket } = row
  const realm = useRealm()
  useEffect(() => (isLive ? watchWhileShown(realm, reference) : undefined), [isLive, realm, reference])
  const known = useLiveChecks((all) => all[reference]?.check)
  // Without its feed, what was heard last is out of date.
  const check = isLive ? known : undefined
  const subject = row.subject ?? t('A caller')
  const hasEnded = isEnded(standing)
  const kind = hasEnded ? checkMark(standing).kind : 'live'
  return (
    <article className={`panel stack align-center check-row ${kind}`} aria-label={subject}>
      <Mark state={checkMark(standing)} />
      <div className="who">
        <Link className="name-link block one-line inked strong" to={{ page: 'check', reference }}>
          <bdi>
            {vouchFor === null ? subject : t('{caller} · asked: {name}', { caller: vouchFor, name: subject })}
          </bdi>
        </Link>
        <p className="one-line note">
          <bdi>{[action && actionText(action), ticket].filter(Boolean).join(' · ')}</bdi>
        </p>
      </div>
      <p className={`what ${hasEnded ? 'strong' : ''} ${inks[kind] ?? ''}`} role="status">
        {shortStatus(standing, row.grant)}
      </p>
      <p className="code heading-2 mono nowrap">
        {!hasEnded && <Code reference={reference} check={check} />}
      </p>
      <p className="time figures muted text-end">{!hasEnded && <TimeLeft expiresAt={expiresAt} />}</p>
      <div className="copy">
        {!hasEnded && <CopyLink reference={reference} check={known} name={subject} />}
      </div>
    </article>
  )
}

/** The code to read out, until the caller has entered it. */
function Code({ reference, check }: { reference: string; check: Check | undefined }) {
  const realm = useRealm()
  // Without a feed, only the record says that the caller used the code.
  const record = useQuery({
    queryKey: ['record', realm, reference],
    queryFn: ({ signal }) => readCheck(realm, reference, signal),
    refetchInterval: 3_000,
    enabled: check === undefined,
  })
  const proof = record.data?.verification
  const code = check === undefined ? proof?.code : check.code
  const isMatched = check === undefined ? proof?.matchedAt != null : isCodeMatched(check)
  if (code == null || isMatched) return null
  return (
    <>
      <span aria-hidden="true" dir="ltr">
        {groupCode(code).join(' ')}
      </span>
      <span className="spoken">{t('Code: {code}', { code: spellOut(code, pageLanguage()) })}</span>
    </>
  )
}

/** Only the window that started a check knows its link. */
function CopyLink({ reference, check, name }: { reference: string; check: Check | undefined; name: string }) {
  const link = useFrontJourneys((all) => all[reference]?.link) ?? check?.link
  const [isCopied, setIsCopied] = useState(false)
  if (link === undefined) return null
  const copy = async () => {
    await navigator.clipboard.writeText(link)
    setIsCopied(true)
  }
  const Icon = isCopied ? IconCheck : IconCopy
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<Icon size={14} stroke={1.75} aria-hidden />}
      aria-label={isCopied ? t('Copied: {name}', { name }) : t('Copy link: {name}', { name })}
      onClick={copy}
    >
      {isCopied ? t('Copied') : t('Copy link')}
    </Button>
  )
}

function TimeLeft({ expiresAt }: { expiresAt: number }) {
  const now = useServerNow()
  return (
    <>
      <span aria-hidden="true">{timeLeft(expiresAt, now)}</span>
      <span className="spoken">{t('{time} left', { time: timeLeft(expiresAt, now) })}</span>
    </>
  )
}
