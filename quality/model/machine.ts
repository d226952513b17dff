import type { Asked, Row } from './conditions.ts'
import * as when from './conditions.ts'
import type { Thing, Things } from './rows.ts'

const { at, denied, ended, is, known, later, matched, moved, not } = when
const { rejected, sets, settled, spent, to, unset } = when

/** Changed columns by thing, and an event for the timeline. Undefined for a deleted thing. */
export type Changes = Readonly<Record<string, (Thing & { event?: string }) | undefined>>

type Rule = (things: Things, asked: Asked) => Changes | undefined

const [approvalMs, leaseMs] = [5 * 60_000, 6_000]
const byKey = ({ key = '' }: Asked) => key

const rows = {
  start: [[when.created], to({ state: 'IN_PROGRESS' }), 'state'],
  complete: [
    [when.open, not(when.reported)],
    ended({ state: 'COMPLETED', result: 'APPROVED', denial: null }),
    'state',
  ],
  deny: [[when.open], denied(null), 'state'],
  wrongPerson: [[when.open], denied('wrongPerson'), 'wrongPerson'],
  denyReported: [[when.open], denied('reported'), 'reported'],
  cancel: [[when.open], ended({ is_cancelled: 1 }), 'cancelled'],
  cancelOwn: [[when.open, when.own], ended({ is_cancelled: 1 }), 'cancelled'],
  reject: [[when.open], sets((asked, one) => denied(byKey(asked))(asked, one), rejected), byKey],
  rejectLate: [[when.completed, unset('rejected_at')], rejected, 'rejected'],
  see: [[when.created, unset('confirmed_at', 'viewed_at')], at('viewed_at'), 'viewed'],
  confirm: [[when.open, unset('confirmed_at')], at('confirmed_at'), 'confirmed'],
  alsoChecked: [[when.open], to({}), 'alsoChecked'],
  send: [[when.open, when.quiet('sent_at')], at('sent_at'), 'sent'],
  sendMessage: [[when.open, when.quiet('messaged_at')], at('messaged_at'), 'sent'],
  offer: [[when.movable], ({ to }) => ({ offered_to: to }), 'offered'],
  withdrawOffer: [[when.movable, known('offered_to')], to({ offered_to: null }), 'offerWithdrawn'],
  takeOver: [[when.movable], moved, 'takenOver'],
  acceptOffer: [[when.movable, when.offered], moved, 'takenOver'],
  readAsAgent: [[when.own, known('rejected_at'), unset('rejection_read_at')], at('rejection_read_at')],
  readAsLead: [[not(when.own), known('rejected_at'), unset('lead_read_at')], at('lead_read_at')],
  codeRight: [[when.open, when.fresh], matched, 'codeMatched'],
  codeMissed: [[when.open, when.fresh, not(when.last)], spent, 'codeWrong'],
  codeLost: [[when.open, when.fresh, when.last], sets(spent, denied('wrongCode')), 'codeWrong'],
  use: [[when.usable, when.own, is('is_bound', 1), not(when.delayed), not(when.reported)], when.used],
  withdraw: [[when.usable], settled('withdrawn'), 'withdrawn'],
  withdrawOwn: [[when.usable, when.own], settled('withdrawn'), 'withdrawn'],
  notify: [[when.open, when.unknownKey], when.notified, 'notification'],
  renew: [[when.mine], ({ now }) => ({ claimed_until: now + leaseMs })],
  release: [[when.mine], to({ claimed_by: null, claimed_until: null })],
  issue: [[when.open, when.unspoken], ({ key }) => ({ mac: key, code_used_at: null })],
  redeem: [
    [when.open, unset('code_used_at'), (one, { key }) => one.mac === key],
    at('code_used_at'),
    'shortCodeUsed',
  ],
  claim: [[when.claimable], ({ owner, now }) => ({ claimed_by: owner, claimed_until: now + leaseMs })],
  answer: [[when.waiting, later('expires_at', 0)], when.answered],
  cancelRequest: [[when.waiting, when.ofJourney], to({ state: 'cancelled' })],
  useRequest: [
    [is('state', 'approved'), when.ofJourney, unset('used_at'), later('answered_at', approvalMs)],
    at('used_at'),
  ],
} as const satisfies Record<string, Row>

const rules: Readonly<Record<string, Rule>> = Object.fromEntries(
  Object.entries(rows as Readonly<Record<string, Row>>).map(([name, [conditions, set, event]]) => [
    name,
    (things: Things, asked: Asked) => {
      const one = things[asked.id]
      if (one === undefined || !conditions.every((holds) => holds(one, asked, things))) return undefined
      const kind = typeof event === 'function' ? event(asked) : event
      return { [asked.id]: { ...set(asked, one), ...(kind !== undefined && { event: kind }) } }
    },
  ]),
)

/** A journey's last step, saved by the owner of its claim; with `proof` only if the check is approved. */
const step =
  (name: keyof typeof rows | undefined, body: string, proof?: Thing): Rule =>
  (things, asked) => {
    const { session = '', owner, id } = asked
    const changes = name && rules[name]?.(things, asked)
    if (things[session]?.claimed_by !== owner || things[session]?.step !== 1 || (proof && !changes)) return
    const outcome = body === 'success' ? 'success' : 'failure'
    const over = { [session]: { step: 2, body, outcome, claimed_by: null, claimed_until: null } }
    return { ...over, ...(changes && { [id]: { ...changes[id], ...proof } }) }
  }

/** A report ends the other open checks of the person that it saw, and tells those with a result. */
const report =
  (name: 'reject' | 'rejectLate'): Rule =>
  (things, asked) => {
    const { realm, subject_id, vouch_for_id } = things[asked.id] ?? {}
    const others: Record<string, Changes[string]> = {}
    const isPause = vouch_for_id === null
    for (const [id, one] of Object.entries(things)) {
      if (!isPause || id === asked.id || one.realm !== realm || !when.isAbout(one, subject_id)) continue
      const wasSeen = asked.seen.includes(id) || asked.seenBefore.includes(id)
      if (wasSeen && one.result === 'APPROVED') others[id] = { event: 'reported' }
      if (asked.seenBefore.includes(id)) Object.assign(others, rules.denyReported?.(things, { ...asked, id }))
    }
    const changes = rules[name]?.(things, asked)
    return changes && { ...others, ...changes }
  }

const onSession =
  (name: keyof typeof rows): Rule =>
  (things, asked) =>
    rules[name]?.(things, { ...asked, id: asked.session ?? '' })

/** By name of the change. A change that no rule allows must leave all rows as they are. */
export const machine: Readonly<Record<string, Rule>> = {
  ...rules,
  approve: step('complete', 'success', { is_bound: 1, level: 3 }),
  approveUnbound: step('complete', 'success', { is_bound: 0, level: 3 }),
  fail: step('deny', 'failure'),
  unable: (things, asked) =>
    when.unable(things, asked) ? step(undefined, 'unable')(things, asked) : undefined,
  claim: onSession('claim'),
  renew: onSession('renew'),
  release: onSession('release'),
  forget: (things, { id, now }) => (when.unanswered(things[id], now) ? { [id]: undefined } : undefined),
  open: (things, asked) => (things[asked.id] === undefined ? when.newCheck(things, asked) : undefined),
  codeWrong: (...asked) => rules.codeLost?.(...asked) ?? rules.codeMissed?.(...asked),
  reject: report('reject'),
  rejectLate: report('rejectLate'),
  liftPause(things, { id }) {
    const lifted = when
      .reports(things, things[id] ?? {})
      .map(([report]) => [report, { pause_lifted: 1 }] as const)
    return lifted.length === 0 ? undefined : Object.fromEntries(lifted)
  },
  ask(things, { session, to = '', now }) {
    const replaced = Object.entries(things).filter(
      ([, one]) => one.state === 'waiting' && one.journey_session === session,
    )
    const asked = { id: to, realm: '/alpha', journey_session: session, state: 'waiting', created_at: now }
    const asks = { ...asked, expires_at: now + 180_000, answered_by: null, answered_at: null, used_at: null }
    return { ...Object.fromEntries(replaced.map(([id]) => [id, { state: 'cancelled' }])), [to]: asks }
  },
}
