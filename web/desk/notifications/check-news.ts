import type { CheckRow } from '../../api/help-desk.ts'
import { isAlarm, standingOfRow } from '../../check-model/check.ts'
import { isResult } from '../../check-model/check-mark.ts'
import { resultTable } from '../../check-model/result-state.ts'
import { t } from '../../translate/translate.ts'
import { actionText } from '../messages/action-text.ts'
import { shortStatus } from '../messages/check-messages.ts'
import type { News } from './news.ts'
import type { Tone } from './sound.ts'

/** Rows of a list by a key. */
export type Rows<Row = CheckRow> = ReadonlyMap<string, Row>

/** The news about one of the agent's checks. @param before its row in the list before; undefined for a new one. */
export function checkNews(before: CheckRow | undefined, row: CheckRow): News[] {
  if (before === undefined || !row.isOwn) return []
  const [was, is] = [standingOfRow(before), standingOfRow(row)]
  const hasEnded = before.ending === null && row.ending !== null
  const news: News[] = []
  if (hasEnded || (is === 'paused' && was !== 'paused')) news.push(resultNews(row))
  if (was === 'waiting' && is === 'ready') news.push(usableNews(row))
  if (hasFailedDelivery(row) && !hasFailedDelivery(before)) news.push(deliveryNews(row))
  if (row.alsoCheckedBy !== null && row.alsoCheckedBy !== before.alsoCheckedBy) news.push(sharedNews(row))
  return news
}

/** How a check ended, or what its result is good for now. */
export function resultNews(row: CheckRow): News {
  const standing = standingOfRow(row)
  return {
    key: `${row.reference} ${standing}`,
    title: `${shortStatus(standing, row.grant)} · ${nameOf(row)}`,
    ...(row.action !== null && { text: actionText(row.action) }),
    tone: toneOf(standing),
    isOnPage: isUnread(row),
    to: { page: 'check', reference: row.reference },
  }
}

function toneOf(standing: ReturnType<typeof standingOfRow>): Tone {
  if (isResult(standing)) return resultTable[standing].tone
  return isAlarm(standing) ? 'bad' : 'info'
}

/** The delay of a result is over. */
function usableNews(row: CheckRow): News {
  return {
    key: `${row.reference} usable`,
    title: t('Usable now · {name}', { name: nameOf(row) }),
    ...(row.action !== null && { text: actionText(row.action) }),
    tone: 'good',
    to: { page: 'check', reference: row.reference },
  }
}

/** A colleague began to check the same person, which can be a sign of an attack. */
function sharedNews(row: CheckRow): News {
  return {
    key: `${row.reference} also checked`,
    title: t('A colleague checks {name}, too', { name: nameOf(row) }),
    text: t('Talk to each other before you continue: an attacker may be calling both of you.'),
    tone: 'bad',
    to: { page: 'check', reference: row.reference },
  }
}

function hasFailedDelivery({ lastKind, ending }: CheckRow): boolean {
  return ending === null && (lastKind === 'mailFailed' || lastKind === 'messageFailed')
}

function deliveryNews(row: CheckRow): News {
  return {
    key: `${row.reference} not delivered`,
    title: t('The link could not be sent · {name}', { name: nameOf(row) }),
    text: t('Share the link another way'),
    tone: 'bad',
    to: { page: 'check', reference: row.reference },
  }
}

/** Whether the agent has a rejection to read, which is shown on every page until then. */
export function isUnread({ rejectedAt, rejectionReadAt, vouchFor, isOwn }: CheckRow): boolean {
  return isOwn && rejectedAt !== null && rejectionReadAt === null && vouchFor === null
}

export function nameOf({ subject }: Pick<CheckRow, 'subject'>): string {
  return subject ?? t('A caller')
}
