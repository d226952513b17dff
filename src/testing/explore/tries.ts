import { type JsonPage, outputOf } from '../../walks/page.ts'
import { mailTexts } from '../play/mails.ts'
import { pageTexts } from '../play/page.ts'
import type { SentMail } from '../world/mailbox.ts'
import { messageIdOf } from '../world/test-phone.ts'
import {
  type Candidate,
  candidatesFor,
  type PageContext,
  placedCallbacks,
  placeholder,
  promptOf,
} from './answers.ts'
import type { Spot } from './forks.ts'
import { fullPerson, userNameOf } from './made-up-people.ts'
import { runsNode, stubPrompt } from './stub-pages.ts'
import type { TriedStep, Try } from './tried.ts'

/** A number that is not a year. */
const codePattern = String.raw`/\b(?!20\d\d\b)(\d{4,10})\b/`
const linkPattern = String.raw`/(https?:\/\/[^\s"'<>]+suspendedId=[^\s"'<>]+)/`

/** What the QR code of an authenticator app says. */
const appPattern = '/^(otpauth:.+)/'

/** Types of callbacks of a page that can wait. */
const waiting = 'PollingWaitCallback'
const redirect = 'RedirectCallback'
const secret = 'PasswordCallback'
const names = /^(Name|ValidatedCreateUsername)Callback$/

/** Longer than any page waits and any code is valid. */
const long = '3m'

/** All attempts to leave a page or to resume a suspended journey. */
export function triesFrom(spot: Spot, context: Omit<PageContext, 'hasCode' | 'hasApp'>): Try[] {
  const { shown } = spot
  const mail = spot.mails[spot.mentioned]
  if (spot.run.session.isSuspended) return mail === undefined ? [] : [linkTry(mail)]
  if (shown.kind !== 'page') return []
  const stubbed = stubTries(shown.page, context.exists ? undefined : userNameOf(context.people, fullPerson))
  if (stubbed !== undefined) return stubbed
  const hasCode = mail !== undefined && codeIn(mail)
  const hasApp = Object.hasOwn(spot.kept, 'app')
  const shows = pageTexts(shown).some((text) => text.startsWith('otpauth:'))
  const read = [
    ...(hasCode ? [mailStep(mail, { code: codePattern })] : []),
    ...(shows ? [{ keep: { app: appPattern } }] : []),
  ]
  const tries = [...phoneTries(spot, shown.page), ...pageTries(shown.page, { ...context, hasCode, hasApp })]
  const withMail = tries.map((each) => ({ ...each, steps: [...read, ...each.steps] }))
  const [first] = withMail
  // A right answer that comes late.
  const late =
    hasCode && first !== undefined
      ? [{ steps: [...read, { wait: long }, ...first.steps.slice(1)], label: `${first.label}, too late` }]
      : []
  return [...withMail, ...late]
}

/** What the person can answer on their phone, while the page waits for it. */
function phoneTries({ run }: Spot, { callbacks }: JsonPage): Try[] {
  if (messageIdOf(run) === undefined || !callbacks.some(({ type }) => type === waiting)) return []
  return (['approves', 'denies'] as const).map((phone) => ({
    steps: [{ phone, returns: true }],
    label: phone === 'approves' ? 'an approval on the phone' : 'a denial on the phone',
  }))
}

function codeIn(mail: SentMail): boolean {
  const code = new RegExp(codePattern.slice(1, -1))
  return mailTexts(mail).some((text) => code.test(text))
}

function mailStep({ to, subject }: SentMail, keep: Record<string, string>): TriedStep {
  const [address = ''] = to
  return { mail: { to: address, ...(subject === '' ? {} : { subject }), keep } }
}

function linkTry(mail: SentMail): Try {
  return {
    steps: [mailStep(mail, { link: linkPattern }), { opens: placeholder('link') }],
    label: 'the link in the email',
  }
}

/**
 * The outcomes of a node that doesn't run.
 * @param person whom the node names, because nobody succeeds without a person.
 */
export function stubTries({ callbacks }: JsonPage, person: string | undefined): Try[] | undefined {
  const [callback] = callbacks
  if (callback?.type !== 'ChoiceCallback') return undefined
  const id = stubPrompt(promptOf(callback))
  const choices = outputOf(callback, 'choices')
  if (id === undefined || !Array.isArray(choices)) return undefined
  const isNeeded = choices.includes(runsNode) ? {} : { isNeeded: true as const }
  return choices.map((outcome: string, index): Try => {
    const isRun = outcome === runsNode
    const given = { ChoiceCallback: index, NameCallback: isRun ? '' : (person ?? '') }
    const chosen = isRun
      ? { runs: id }
      : { stub: [id, { outcome, ...(person === undefined ? {} : { person }), ...isNeeded }] as const }
    return { steps: [{ answer: given, isStub: true }], label: outcome, ...chosen }
  })
}

function pageTries(page: JsonPage, context: PageContext): Try[] {
  const types = page.callbacks.map(({ type }) => type)
  if (types.includes(redirect)) {
    return [
      { steps: [{ redirect: { error: 'access_denied' } }], label: 'a refusal by the other site' },
      { steps: [{ redirect: { code: 'wrong', state: 'wrong' } }], label: 'a wrong code of the other site' },
    ]
  }
  const isWaiting = types.includes(waiting)
  const back: Try[] = isWaiting ? [{ steps: [{ returns: true }], label: 'the wait' }] : []
  return [...back, ...answerTries(page, context, isWaiting)]
}

type Asked = { page: JsonPage; candidates: readonly (readonly Candidate[])[] }

/** The best answers, and then each other answer to one callback. */
function answerTries(page: JsonPage, given: PageContext, isWaiting: boolean): Try[] {
  const placed = placedCallbacks(page)
  const candidates = placed.map(({ callback, place }) => candidatesFor(callback, place, given))
  const asked = { page, candidates }
  const best = candidates.map(([first]) => first)
  const others = placed.flatMap(({ callback }, index) =>
    (candidates[index] ?? []).slice(1).map((other): Try => {
      const chosen = withPassword(asked, best.with(index, other))
      const isWrong = callback.type === secret && other.label === 'wrong' && isAboutKnown(asked, best, given)
      const tried = answerTry(asked, chosen, labelOf(page, index, other))
      return isWrong ? { ...tried, isWrong } : tried
    }),
  )
  const hasInputs = candidates.some((each) => each.length > 0)
  if (!hasInputs) return isWaiting ? [] : [{ steps: [{ answer: {} }], label: 'going on' }]
  // The answer of a caller who knows only the name says most about a check of a password.
  const [wrong, rest] = [others.filter(({ isWrong }) => isWrong), others.filter(({ isWrong }) => !isWrong)]
  return [answerTry(asked, best, bestLabel(page, best)), ...wrong, ...rest, ...allWrong(asked, best)]
}

/** Whether the journey, or else the page, names a person who exists. */
function isAboutKnown(
  { page }: Asked,
  best: readonly (Candidate | undefined)[],
  { people, person }: PageContext,
): boolean {
  const named = page.callbacks.findIndex(({ type }) => names.test(type))
  const name = named < 0 ? person : best[named]?.value
  return typeof name === 'string' && Object.hasOwn(people, name.replace(/@example\.com$/, ''))
}

/** Passwords belong to the person who is named on the same page. */
function withPassword({ page }: Asked, chosen: readonly (Candidate | undefined)[]) {
  const named = page.callbacks.findIndex(({ type }) => names.test(type))
  const name = chosen[named]?.value
  const [, person] = /^(sam|lee|robot)\b/.exec(String(name)) ?? []
  if (person === undefined) return chosen
  return chosen.map((each) =>
    typeof each?.value === 'string' && /^\$\{\w+\.password\}$/.test(each.value)
      ? { ...each, value: placeholder(`${person}.password`) }
      : each,
  )
}

/** The last button with the other answers empty, as for "Cancel". */
function allWrong({ page, candidates }: Asked, best: readonly (Candidate | undefined)[]): Try[] {
  const button = page.callbacks.findIndex(({ type }) => type === 'ConfirmationCallback')
  if (button < 0) return []
  return (
    candidates[button]?.slice(1).map((other) => {
      const chosen = best.map((each, index) =>
        index === button ? other : (candidates[index]?.find(({ label }) => label === 'empty') ?? each),
      )
      return answerTry({ page, candidates }, chosen, `${other.label} without answers`)
    }) ?? []
  )
}

function bestLabel(page: JsonPage, best: readonly (Candidate | undefined)[]): string {
  const given = best.flatMap((each, index) => (each === undefined ? [] : [{ each, index }]))
  const [only] = given
  return given.length === 1 && only !== undefined ? labelOf(page, only.index, only.each) : 'right answers'
}

/** Such as "wrong password". */
function labelOf({ callbacks }: JsonPage, index: number, { label }: Candidate): string {
  const callback = callbacks[index]
  if (callback === undefined || !isAdjective(label)) return label
  const prompt = promptOf(callback)
    .trim()
    .replace(/[:*?]+$/, '')
  const isPlain = /^[\p{L}\p{N} '-]{1,40}$/u.test(prompt) && !prompt.includes('\n')
  const name = isPlain
    ? prompt
    : callback.type.replace(/Callback$/, '').replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
  return `${label} ${lower(name)}`
}

function isAdjective(label: string): boolean {
  return /^(known|unknown|new|taken|right|wrong|empty|short|unchanged)$/.test(label)
}

/** Without capitals, except in acronyms. */
function lower(name: string): string {
  return name.replaceAll(/\b\p{Lu}(?=\p{Ll})/gu, (letter) => letter.toLowerCase())
}

function answerTry({ page }: Asked, chosen: readonly (Candidate | undefined)[], label: string): Try {
  return { steps: [{ answer: answersOf(page, chosen) }], label }
}

/** Answers by type of callback; a list where there are several of a type. */
function answersOf(
  { callbacks }: JsonPage,
  chosen: readonly (Candidate | undefined)[],
): Record<string, unknown> {
  const answers: Record<string, unknown> = {}
  for (const type of new Set(callbacks.map((callback) => callback.type))) {
    const values = callbacks.flatMap((callback, index) =>
      callback.type === type ? [chosen[index]?.value] : [],
    )
    if (values.every((value) => value === undefined)) continue
    const list = values.map((value) => value ?? null)
    answers[type] = list.length === 1 ? list[0] : list
  }
  return answers
}
