/** What a check carries for the person who is asked. `question`: what the page asks before it shows anything to act on. */
export type CallersNotice = {
  organisation: string
  openedBy: string | null
  application: string | null
  question: string | null
  action: string | null
  reason: string | null
  ticket: string | null
  vouchFor: string | null
  /** Initials of the person who is asked. */
  subject: string | null
}

/** English words of the caller's first page; the sign-in pages translate them. `{name}` is a place for a value. */
export const noticeWords = {
  continue: 'Continue',
  notMe: 'This is not me',
  whoCalled: 'Who called?',
  iCalled: 'I called the help desk',
  somebodyCalled: 'Somebody called me',
  vouch: 'Do you know that {person} is calling us?',
  vouchYes: 'Yes, I know',
  vouchNo: 'No, I don’t vouch',
  vouchText:
    '{person} says that you are their manager. {agent} of {organisation} asks you to vouch for them.',
  onThePhone: 'Are you on the phone with us?',
  asks: '{agent} of {organisation} wants to make sure that it is you.',
  asksUnnamed: '{organisation} wants to make sure that it is you.',
  applicationAsks: '{application} asks you to confirm',
  askedForApplication:
    '{organisation} asks you for {application}. Go on only if you asked {application} for this yourself.',
  askedFor: 'You’re asking for',
  theyAskFor: 'They’re asking for',
  person: 'Person',
  you: 'You',
  reason: 'Reason',
  ticket: 'Ticket',
}

export type NoticeWord = keyof typeof noticeWords

/** The caller's first page in names of words and plain values. */
export type NoticePage = {
  heading: NoticeWord
  lede: NoticeWord
  /** For the places in heading and lede. */
  values: Readonly<Record<'agent' | 'organisation' | 'application' | 'person', string | null>>
  rows: readonly { name: NoticeWord; value: string }[]
  /** The two answers: the one that goes on, and the one that ends the check. */
  goOn: NoticeWord
  deny: NoticeWord
}

/** What the caller reads first, and the agent in the preview: both from what the check really carries. */
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

/** A purpose that nobody named has no row. */
function rowsOf({ question, action, subject, reason, ticket }: CallersNotice): NoticePage['rows'] {
  const rows: [NoticeWord, string | null][] = [
    [question === 'vouch' ? 'theyAskFor' : 'askedFor', action],
    // The other name on that page is the caller's.
    [question === 'vouch' ? 'you' : 'person', subject],
    ['reason', reason],
    ['ticket', ticket],
  ]
  return rows.flatMap(([name, value]) => {
    const text = value?.trim() ?? ''
    return text === '' ? [] : [{ name, value: text }]
  })
}
