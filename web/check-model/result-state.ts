import type { GateEnd } from '../design/gate.tsx'
import { t } from '../translate/translate.ts'

/** What the server says about a result: the grant of a check, or the shorter one of its row. */
export type Grant = {
  state: string
  /** When a delayed result can be used. Epoch milliseconds, like all times. */
  usableAt?: number | null | undefined
  usedAt?: number | null | undefined
  /** When the pause of the person ends. */
  until?: number | null | undefined
}

/** What the proof of a caller is good for. `proven`: the server has not said, or the page doesn't know its word. */
export type ResultState =
  | 'ready'
  | 'not-enough'
  | 'waiting'
  | 'used'
  | 'over'
  | 'withdrawn'
  | 'paused'
  | 'unbound'
  | 'proven'

const byGrant: ReadonlyMap<string, ResultState> = new Map([
  ['ready', 'ready'],
  ['weak', 'not-enough'],
  ['needsSecondAgent', 'not-enough'],
  ['waiting', 'waiting'],
  ['used', 'used'],
  ['over', 'over'],
  ['withdrawn', 'withdrawn'],
  ['paused', 'paused'],
  ['unbound', 'unbound'],
])

export function resultStateOf(grant: Grant | null | undefined): ResultState {
  return byGrant.get(grant?.state ?? '') ?? 'proven'
}

/** The time that belongs to the state: of the use, the end of the pause or of the delay. */
export function timeOfGrant({ usableAt, usedAt, until }: Grant): number | undefined {
  return usedAt ?? until ?? usableAt ?? undefined
}

/** Values of the texts, already in words. Each may be unknown. */
export type ResultFacts = {
  /** The time of {@link timeOfGrant}. */
  time?: string | undefined
  action?: string | undefined
  /** What the use needs, and the result lacks. */
  needs?: string | undefined
  needsSecondAgent?: boolean | undefined
  /** Whether the check was for no action; otherwise an unbound result has no code. */
  isForNothing?: boolean | undefined
  /** Who withdrew it. */
  by?: string | undefined
  /** Whether the reader is the agent, who alone may use it. */
  isOwn?: boolean | undefined
}

type ResultWords = {
  /** How the large sign on the page and the small one in lists look. Only `verified` is green and has a check mark. */
  end: GateEnd
  /** Of its toast. */
  tone: 'good' | 'bad' | 'info'
  /** In lists, history, toasts, the window's title and the numbers. */
  status(facts: ResultFacts): string
  /** In large type on the gate; without it, the status. */
  headline?(facts: ResultFacts): string
  /** Whether the agent may act, after the sentence about who the caller is. */
  advice(facts: ResultFacts): string
  /** In the record for the ticket. */
  recorded(facts: ResultFacts): string
}

function actionIn({ action }: ResultFacts): string {
  return action ?? t('this request')
}

/** All words and looks of results. Only `ready`, which the server lets the agent use now, says that the agent may go ahead. */
export const resultTable: Readonly<Record<ResultState, ResultWords>> = {
  ready: {
    end: 'verified',
    tone: 'good',
    status: () => t('Verified'),
    advice: ({ action, isOwn }) => {
      if (isOwn === false) return t('The agent of the check may go ahead.')
      return action === undefined ? t('You may go ahead.') : t('You may go ahead with: {action}.', { action })
    },
    recorded: () => t('Verified'),
  },
  'not-enough': {
    end: 'not-enough',
    tone: 'info',
    status: () => t('Proven, not enough'),
    headline: (facts) => t('Proven, not enough for {action}', { action: actionIn(facts) }),
    advice: (facts) =>
      facts.needsSecondAgent === true
        ? t('“{action}” needs a second agent: start a check in which one approves.', {
            action: actionIn(facts),
          })
        : t('“{action}” needs {needs}: start a check that asks for more.', {
            action: actionIn(facts),
            needs: facts.needs ?? t('more proof'),
          }),
    recorded: ({ needs }) => t('Proven, not usable: it needs {needs}', { needs: needs ?? t('more proof') }),
  },
  waiting: {
    end: 'waiting',
    tone: 'info',
    status: ({ time }) => (time === undefined ? t('Wait before you act') : t('Wait until {time}', { time })),
    advice: (facts) =>
      t('Wait before you act: “{action}” needs {needs}.', {
        action: actionIn(facts),
        needs: facts.needs ?? t('a delay'),
      }),
    recorded: ({ time }) =>
      time === undefined ? t('Proven, not usable yet') : t('Proven, usable from {time}', { time }),
  },
  used: {
    end: 'spent',
    tone: 'info',
    status: ({ time }) => (time === undefined ? t('Used') : t('Used at {time}', { time })),
    advice: () => t('The result was used, and works once. For another request, start a new check.'),
    recorded: () => t('Verified and used'),
  },
  over: {
    end: 'spent',
    tone: 'info',
    status: () => t('Over, not used'),
    advice: () => t('Nobody used the result in time. Start a new check.'),
    recorded: () => t('Proven, expired unused'),
  },
  withdrawn: {
    end: 'not-verified',
    tone: 'info',
    status: () => t('Result withdrawn'),
    advice: () => t('The result was withdrawn: don’t act on the request.'),
    recorded: ({ by }) =>
      by === undefined ? t('Proven, withdrawn') : t('Proven, withdrawn by {agent}', { agent: by }),
  },
  paused: {
    end: 'not-me',
    tone: 'bad',
    status: ({ time }) =>
      time === undefined ? t('Paused: reported') : t('Paused until {time}: reported', { time }),
    advice: () => t('An attack on this person was reported. Change nothing, unless a lead lifts the pause.'),
    recorded: ({ time }) =>
      time === undefined
        ? t('Proven, paused after a report')
        : t('Proven, paused until {time} after a report', { time }),
  },
  unbound: {
    end: 'not-enough',
    tone: 'info',
    status: () => t('Proven, but can’t be used'),
    advice: ({ isForNothing }) =>
      isForNothing === true
        ? t('The check was for no action, so its result allows none.')
        : t('The caller typed no code from you, so nothing ties the result to this call. Don’t act on it.'),
    recorded: ({ isForNothing }) =>
      isForNothing === true ? t('Proven, not usable: no action') : t('Proven, not usable: no code'),
  },
  proven: {
    end: 'spent',
    tone: 'info',
    status: () => t('Identity proven'),
    advice: () => t('It is not known yet whether the result can be used. Wait before you act.'),
    recorded: () => t('Identity proven'),
  },
}
