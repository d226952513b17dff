import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { standingOfRow } from '../../check-model/check.ts'
import { checkMark } from '../../check-model/check-mark.ts'
import { timeLeft } from '../../check-model/times.ts'
import { Mark } from '../../design/mark.tsx'
import { formatNumber, t } from '../../translate/translate.ts'
import { shortStatus } from '../messages/check-messages.ts'
import { Link } from '../navigation/link.tsx'
import { byAgent } from './by-agent.ts'
import './dense-rows.css'
import type { WallCheck } from './need.ts'

/** Many running checks on one screen: small rows under the names of their agents, with a search. */
export function DenseRows({ checks, now }: { checks: readonly WallCheck[]; now: number }) {
  const [text, setText] = useState('')
  const groups = byAgent(checks, text)
  return (
    <section className="wall-part dense stack gap-3" aria-labelledby="others">
      <header className="row wrap justify-between gap-2">
        <h2 className="heading-2" id="others">
          {t('In progress')} <span className="count regular muted">{formatNumber(checks.length)}</span>
        </h2>
        <TextInput
          aria-label={t('Caller, agent or ticket')}
          placeholder={t('Caller, agent or ticket')}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </header>
      {groups.length === 0 && <p className="none muted">{t('No matching checks.')}</p>}
      <div className="groups">
        {groups.map(({ agent, checks: own }) => (
          <section className="below-3" key={agent} aria-label={agent ?? t('A client')}>
            <h3 className="text-note strong">
              <bdi>{agent ?? t('A client')}</bdi> <span className="count">{formatNumber(own.length)}</span>
            </h3>
            <ul className="stack gap-2px">
              {own.map(({ row }) => (
                <DenseRow key={row.reference} row={row} now={now} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  )
}

function DenseRow({ row, now }: { row: WallCheck['row']; now: number }) {
  const { reference, subject, ticket, expiresAt } = row
  const standing = standingOfRow(row)
  return (
    <li className="flex align-start gap-2 text-note">
      <Mark state={checkMark(standing)} />
      <span className="who grow breaks">
        <Link to={{ page: 'check', reference }}>
          <bdi>{subject ?? t('A caller')}</bdi>
        </Link>
        <bdi className="ticket fine">{[ticket, shortStatus(standing)].filter(Boolean).join(' · ')}</bdi>
      </span>
      <span className="figures">{timeLeft(expiresAt, now)}</span>
    </li>
  )
}
