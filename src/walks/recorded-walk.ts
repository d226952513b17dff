import type { JsonObject } from '../base/json.ts'
import { looksSecret } from './answer-kinds.ts'
import { Cast } from './cast.ts'
import { type Conversation, startOf, type Turn } from './conversations.ts'
import { collapsed, type DraftWalk, repeated } from './draft-walk.ts'
import { givenAnswers } from './given-answers.ts'
import { type JsonPage, outputOf, promptOf, textsOf } from './page.ts'
import {
  type AnsweredPage,
  AnswerWriter,
  answersOfKind,
  type CodeSource,
  isAccepted,
} from './recorded-answers.ts'
import { placeholder, SecretNames } from './secret-names.ts'
import { askedBy, endOf, isSteady } from './steady-texts.ts'

export type RecordingOptions = {
  journey: string
  codes: CodeSource
  /** Conversations of the same browsers, from which sessions are known. */
  known?: readonly Conversation[]
  /** Whether the session of the first browser, if it is not of a known conversation, is the one of an agent. */
  hasAgent?: boolean
  /** Names of headers that the recorded clients chose, which the walk sends too. */
  headers?: readonly string[]
  /** The nodes in order, if they are known. */
  path?: readonly string[]
}

export type RecordedWalk = {
  walk: DraftWalk
  people: Readonly<Record<string, JsonObject>>
  /** Values of `${secret:NAME}` in the walk. Only for playing it in this process. */
  secrets: Readonly<Record<string, string>>
}

/** A longer pause can change what a journey does. */
const shortPauseMs = 60_000

const linkPattern = String.raw`/(https?:\/\/[^\s"'<>]+suspendedId=[^\s"'<>]+)/`

/**
 * Writes conversations as a walk.
 * @param conversations one, or the one that opened a transaction and those that complete it.
 */
export function recordedWalk(
  conversations: readonly Conversation[],
  options: RecordingOptions,
): RecordedWalk {
  return new Recording(conversations, options).write()
}

type Step = Record<string, unknown>

type Placed = { turn: Turn; before: Turn | undefined; conversation: Conversation; party: string }

class Recording {
  readonly #conversations: readonly Conversation[]
  readonly #options: RecordingOptions
  readonly #secrets = new SecretNames()
  readonly #cast = new Cast()
  readonly #answers: AnswerWriter
  readonly #parties: ReadonlyMap<Conversation, string>
  /** The person of each conversation so far. */
  readonly #person = new Map<Conversation, string>()

  constructor(conversations: readonly Conversation[], options: RecordingOptions) {
    this.#conversations = conversations
    this.#options = options
    this.#answers = new AnswerWriter({ secrets: this.#secrets, cast: this.#cast, codes: options.codes })
    this.#parties = partiesOf(conversations)
    for (const each of [...(options.known ?? []), ...conversations]) this.#hideWire(each)
  }

  write(): RecordedWalk {
    const placed = this.#placed()
    for (const each of placed) this.#learn(each)
    this.#person.clear()
    const isParty = this.#isParty
    const steps = placed.flatMap((each, index) => this.#steps(each, placed[index - 1], isParty))
    const walk: DraftWalk = {
      it: this.#title(placed),
      generated: true,
      ...(isParty ? { parties: this.#partyMembers() } : this.#startMembers(this.#front)),
      ...(steps.length === 0 ? {} : { steps: repeated(steps) }),
      ...(isParty ? {} : this.#end(this.#front)),
      ...(this.#options.path === undefined ? {} : { path: this.#options.path }),
    }
    return {
      walk: this.#secrets.without(walk),
      people: this.#secrets.without(this.#cast.people),
      secrets: this.#secrets.values,
    }
  }

  get #isParty(): boolean {
    return this.#conversations.length > 1 || this.#session() !== undefined
  }

  get #front(): Conversation {
    const [first] = this.#conversations
    if (first === undefined) throw new Error('a recording needs a conversation')
    return first
  }

  /** All turns by time. */
  #placed(): Placed[] {
    return this.#conversations
      .flatMap((conversation) =>
        conversation.turns.map((turn, index) => ({
          turn,
          before: conversation.turns[index - 1],
          conversation,
          party: this.#parties.get(conversation) ?? '',
        })),
      )
      .toSorted((left, right) => left.turn.order - right.turn.order)
  }

  /** Tokens, cookies, ids of sessions and transactions. */
  #hideWire({ turns, transaction }: Conversation): void {
    this.#secrets.hide(transaction)
    for (const { sent, shown } of turns) {
      for (const value of [...sent.cookies, ...sent.newCookies, sent.query.suspendedId])
        if (value !== undefined && value.length >= 8) this.#secrets.hide(value)
      if (shown.kind === 'success') this.#secrets.hide(shown.token)
      if (shown.kind === 'page') this.#secrets.hide(shown.page.authId)
    }
  }

  /** Learns who took part, and which passwords were accepted. */
  #learn({ turn, before, conversation }: Placed): void {
    if (before?.shown.kind !== 'page') {
      this.#learnHeaders(turn, conversation)
      return
    }
    const { page } = before.shown
    const [name] = answersOfKind(page, turn.sent.request, 'person')
    if (name !== undefined) this.#person.set(conversation, this.#cast.named(name))
    if (!isAccepted(page, turn.shown)) return
    for (const password of answersOfKind(page, turn.sent.request, 'password'))
      this.#cast.accept(this.#personOf(conversation), password)
  }

  /** Zero page: credentials in headers. */
  #learnHeaders({ sent, shown }: Turn, conversation: Conversation): void {
    const { 'x-openam-username': name, 'x-openam-password': password } = sent.headers
    if (name === undefined) return
    const person = this.#cast.named(name)
    this.#person.set(conversation, person)
    if (password !== undefined && shown.kind !== 'failure') this.#cast.accept(person, password)
  }

  #personOf(conversation: Conversation): string {
    const own = this.#person.get(conversation)
    if (own !== undefined) return own
    // The caller is the person whom the agent named.
    return this.#person.get(this.#front) ?? this.#cast.anyone()
  }

  #steps(
    { turn, before, conversation, party }: Placed,
    previous: Placed | undefined,
    isParty: boolean,
  ): Step[] {
    const isStart = before === undefined
    const pause = previous === undefined ? 0 : turn.sent.at - previous.turn.sent.at
    const isLate = pause >= shortPauseMs
    const wait = isLate ? [{ wait: durationOf(pause) }] : []
    const wrapped = (step: Step): Step => (isParty ? { [party]: step } : step)
    if (isStart) {
      const isOpening = conversation.transaction !== undefined
      const start = isOpening ? { opens: 'link' } : {}
      const step = { ...start, ...this.#expected(turn, isParty, false) }
      return Object.keys(step).length === 0 ? [] : [...wait, wrapped(step)]
    }
    if (before.shown.kind !== 'page') return []
    const { page } = before.shown
    if (isPoll(page, turn)) {
      if (turn.shown.kind === 'page' && isSameTexts(page, turn.shown.page)) return []
      return [...wait, wrapped({ returns: true, ...this.#expected(turn, isParty, true) })]
    }
    const action = this.#action({ turn, page, isLate, person: this.#personOf(conversation) })
    const [name] = answersOfKind(page, turn.sent.request, 'person')
    if (name !== undefined) this.#person.set(conversation, this.#cast.named(name))
    return [...action.before, ...wait, wrapped({ ...action.step, ...this.#expected(turn, isParty, false) })]
  }

  #action(given: { turn: Turn; page: JsonPage; isLate: boolean; person: string }): {
    before: Step[]
    step: Step
  } {
    const { turn, page } = given
    const { query, request } = turn.sent
    if (query.suspendedId !== undefined) {
      return { before: [{ mail: { keep: { link: linkPattern } } }], step: { opens: placeholder('link') } }
    }
    if (page.callbacks.some(({ type }) => type === 'RedirectCallback')) {
      return { before: [], step: { redirect: this.#redirect(query) } }
    }
    const answered: AnsweredPage = { ...given, page, submitted: request, after: turn.shown }
    const { answer, code } = this.#answers.write(answered)
    const mail = code === undefined ? [] : [{ mail: { keep: { [code.name]: code.pattern } } }]
    return { before: mail, step: { answer } }
  }

  /** What another site sends is bound to the moment. */
  #redirect(query: Readonly<Record<string, string>>): Record<string, string> {
    const added = Object.entries(query).filter(([name]) => !/^authIndex|^realm$|^_/.test(name))
    return Object.fromEntries(added.map(([name, value]) => [name, this.#secrets.name(value, name)]))
  }

  /** What the client showed afterwards. */
  #expected({ shown }: Turn, isParty: boolean, isWaiting: boolean): Step {
    if (shown.kind !== 'page') return isParty ? { ends: this.#endOf(shown) } : {}
    if (!isParty && !isWaiting) return {}
    const asks = this.#asks(shown.page)
    return asks === undefined ? {} : { asks }
  }

  #asks(page: JsonPage): string | undefined {
    const asks = askedBy(page)
    return asks === undefined || !/\p{L}{2}/u.test(asks) || this.#secrets.isIn(asks) ? undefined : asks
  }

  #end({ turns }: Conversation): Step {
    const shown = turns.at(-1)?.shown
    return shown === undefined || shown.kind === 'page' ? {} : { ends: this.#endOf(shown) }
  }

  #endOf(shown: Exclude<Turn['shown'], { kind: 'page' }>): unknown {
    return shown.kind === 'failure' && this.#secrets.isIn(shown.message) ? 'failure' : endOf(shown)
  }

  /** The person who is signed in at the start of the first conversation; undefined without a session. */
  #session(): string | undefined {
    const [start] = this.#front.turns
    if (start === undefined) return undefined
    const held = new Set([...start.sent.cookies, ...Object.values(start.sent.headers)])
    const earlier = (this.#options.known ?? []).filter((each) => startOf(each) < startOf(this.#front))
    const signIn = earlier.findLast(({ turns }) => sessionsOf(turns.at(-1)).some((token) => held.has(token)))
    if (signIn === undefined) return this.#options.hasAgent ? this.#cast.agent() : undefined
    const names = signIn.turns.flatMap((turn, index) => {
      const shown = signIn.turns[index - 1]?.shown
      return shown?.kind === 'page' ? answersOfKind(shown.page, turn.sent.request, 'person') : []
    })
    const name = names.at(-1) ?? signIn.turns[0]?.sent.headers['x-openam-username']
    return name === undefined ? undefined : this.#staff(this.#cast.named(name))
  }

  /** Journeys of help desks may be for agents only. */
  #staff(name: string): string {
    if (this.#conversations.length > 1) {
      this.#cast.people[name] = { ...this.#cast.people[name], roles: ['helpdesk'] }
    }
    return name
  }

  #partyMembers(): Record<string, unknown> {
    const signedIn = this.#session()
    const [front = '', ...others] = new Set(this.#parties.values())
    return {
      [front]: {
        journey: this.#options.journey,
        ...(signedIn === undefined ? {} : { signedIn }),
        ...this.#startMembers(this.#front),
      },
      ...Object.fromEntries(
        others.map((name) => [name, { transactionOf: front, ...this.#chosenHeaders(this.#startOf(name)) }]),
      ),
    }
  }

  /** The headers of a party's first start. */
  #startOf(party: string): Turn['sent']['headers'] {
    const own = [...this.#parties].find(([, name]) => name === party)
    return own?.[0].turns[0]?.sent.headers ?? {}
  }

  #chosenHeaders(sent: Turn['sent']['headers'], more: Readonly<Record<string, string>> = {}) {
    const chosen = (this.#options.headers ?? []).flatMap((name) => {
      const value = sent[name.toLowerCase()]
      return value === undefined ? [] : [[name, value] as const]
    })
    const headers = { ...more, ...Object.fromEntries(chosen) }
    return Object.keys(headers).length === 0 ? {} : { headers }
  }

  #startMembers({ turns }: Conversation): Record<string, unknown> {
    const { query = {}, headers = {} } = turns[0]?.sent ?? {}
    const own = Object.entries(query).filter(
      ([name]) => !/^(authIndex.*|realm|ForceAuth|goto.*|_.*)$/i.test(name),
    )
    const kept = own.map(([name, value]) => [
      name,
      looksSecret(value) ? this.#secrets.name(value, name) : value,
    ])
    return {
      ...(kept.length === 0 ? {} : { query: Object.fromEntries(kept) }),
      ...this.#chosenHeaders(headers, this.#credentials(headers)),
    }
  }

  #credentials({
    'x-openam-username': name,
    'x-openam-password': password,
  }: Readonly<Record<string, string>>): Record<string, string> {
    if (name === undefined) return {}
    const owner = password === undefined ? undefined : this.#cast.ownerOf(password)
    this.#secrets.hide(password)
    const written = owner === undefined ? 'wrong' : placeholder(`${owner}.password`)
    return {
      'X-OpenAM-Username': name,
      ...(password === undefined ? {} : { 'X-OpenAM-Password': written }),
    }
  }

  #title(placed: readonly Placed[]): string {
    const { shown } = this.#front.turns.at(-1) ?? {}
    const end = shown?.kind === 'success' ? 'succeeds' : shown?.kind === 'failure' ? 'fails' : 'goes on'
    const labels = placed.flatMap(({ turn, before }) =>
      before?.shown.kind === 'page' && !isPoll(before.shown.page, turn) ? [labelOf(before.shown.page)] : [],
    )
    const last = collapsed(labels.filter((label) => !this.#secrets.isIn(label))).slice(-4)
    return last.length === 0 ? `${end} at once` : `${end} after ${last.join(', ')}`
  }
}

/** The first conversation, and one party for all who complete its transaction one after the other. */
function partiesOf([front, ...others]: readonly Conversation[]): Map<Conversation, string> {
  const parties = new Map<Conversation, string>()
  if (front === undefined) return parties
  if (others.length === 0) return parties.set(front, 'user')
  parties.set(front, 'agent')
  let callers = 0
  let last = -1
  for (const each of others) {
    if (last < 0 || (each.turns[0]?.order ?? 0) < last) callers++
    last = Math.max(last, each.turns.at(-1)?.order ?? 0)
    parties.set(each, callers === 1 ? 'caller' : `caller${callers}`)
  }
  return parties
}

/** Tokens that the end of a journey gave its client. */
function sessionsOf(turn: Turn | undefined): string[] {
  if (turn?.shown.kind !== 'success') return []
  const { token } = turn.shown
  return [...(token === undefined ? [] : [token]), ...turn.sent.newCookies]
}

/** Whether a waiting page came back by itself. */
function isPoll(page: JsonPage, { sent }: Turn): boolean {
  if (sent.query.suspendedId !== undefined) return false
  const isWaiting = page.callbacks.some(({ type }) => type === 'PollingWaitCallback')
  return isWaiting && givenAnswers(page, sent.request).length === 0
}

function isSameTexts(left: JsonPage, right: JsonPage): boolean {
  return JSON.stringify(textsOf(left)) === JSON.stringify(textsOf(right))
}

function durationOf(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`
}

/** What a page asks for, in words. */
function labelOf({ header, callbacks }: JsonPage): string {
  const isWords = (text: string | undefined) =>
    text !== undefined && isSteady(text) && /^[\p{L}\p{N} .,:?!'-]{2,50}$/u.test(text)
  if (isWords(header)) return String(header)
  const asking = callbacks.filter(({ input = [] }) => input.length > 0)
  const prompts = asking.map((callback) => promptOf(callback) ?? String(outputOf(callback, 'name') ?? ''))
  const shown = prompts.filter(isWords)
  const notice = callbacks.map(promptOf).find(isWords)
  if (shown.length > 0) return shown.slice(0, 3).join(' and ')
  return callbacks.some(({ type }) => type === 'SuspendedTextOutputCallback')
    ? 'the link in the email'
    : (asking[0]?.type ?? notice ?? 'a page')
}
