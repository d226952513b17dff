import english from '../../texts/en/notice.json' with { type: 'json' }

/** The data of the caller's first page. `question` (`whoCalled` or `vouch`) is the question that it asks. */
export type CallersNotice = {
  organisation: string
  openedBy: string | null
  application: string | null
  question: string | null
  action: string | null
  reason: string | null
  ticket: string | null
  secondAgent: string | null
  vouchFor: string | null
  /** Masked name of the person the link is for. */
  subject: string | null
}

/** English texts of the caller's first page. `{name}` is a placeholder. */
export const noticeTexts = english

export type NoticeText = keyof typeof english

/** The caller's first page, as names of texts and plain values. */
export type NoticePage = {
  heading: NoticeText
  lede: NoticeText
  /** Values of the placeholders in heading and lede. */
  values: Readonly<Record<'agent' | 'organisation' | 'application' | 'person', string | null>>
  rows: readonly { name: NoticeText; value: string }[]
  /** The two buttons: `goOn` continues, `deny` ends the check. */
  goOn: NoticeText
  deny: NoticeText
}

/** The first page for the caller, and its preview for the agent, both from the same data. */
export function noticePage(notice: CallersNotice): NoticePage {
  const { organisation, openedBy, application, vouchFor } = notice
  return {
    ...questionOf(notice),
    values: { agent: openedBy, organisation, application, person: vouchFor },
    rows: rowsOf(notice),
  }
}

function questionOf({
  application,
  openedBy,
  question,
}: CallersNotice): Pick<NoticePage, 'heading' | 'lede' | 'goOn' | 'deny'> {
  const plainAnswers = { goOn: 'continue', deny: 'notMe' } as const
  if (application) return { heading: 'applicationAsks', lede: 'askedForApplication', ...plainAnswers }
  if (question === 'vouch') return { heading: 'vouch', lede: 'vouchText', goOn: 'vouchYes', deny: 'vouchNo' }
  const lede = openedBy ? 'asks' : 'asksUnnamed'
  if (question === 'whoCalled') return { heading: 'whoCalled', lede, goOn: 'iCalled', deny: 'somebodyCalled' }
  return { heading: 'onThePhone', lede, ...plainAnswers }
}

/** Only values that are set have a row. */
function rowsOf({
  question,
  action,
  subject,
  reason,
  ticket,
  secondAgent,
}: CallersNotice): NoticePage['rows'] {
  const rows: [NoticeText, string | null][] = [
    [question === 'vouch' ? 'theyAskFor' : 'askedFor', action],
    // When vouching, the page also names the caller, so "you" tells the two apart.
    [question === 'vouch' ? 'you' : 'person', subject],
    ['reason', reason],
    ['ticket', ticket],
    ['secondAgent', secondAgent],
  ]
  return rows.flatMap(([name, value]) => {
    const text = value?.trim() ?? ''
    return text === '' ? [] : [{ name, value: text }]
  })
}
