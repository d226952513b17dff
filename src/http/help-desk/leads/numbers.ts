import type { AnswerOf } from '../../../../contract/endpoint.ts'
import { readNumbers } from '../../../../contract/leads.ts'
import { badRequest } from '../../../base/errors.ts'
import { calendarOf } from '../../../help-desk/leads/calendar.ts'
import { countedPages } from '../../../help-desk/leads/counted-pages.ts'
import type { LeadStore } from '../../../help-desk/leads/lead-store.ts'
import { Counting, type Group, type Split, splits } from '../../../help-desk/leads/numbers.ts'
import type { Answer, Call, Route } from '../../route.ts'
import { periodIn } from './period.ts'

type NumbersDependencies = { stores: { leads: Pick<LeadStore, 'counted'> }; now(): number }

/** How many checks ended how, and how long they took, for leads. Not in AM. */
export function numbersRoutes(from: NumbersDependencies): Route[] {
  return [
    {
      ...readNumbers,
      // rule H22: otherwise agents see the numbers of their colleagues
      access: 'transactions',
      summary:
        'Counts the checks of a period by ending, and how long they took (`from`, `to`; split by `by`, days and hours in `zone`).',
      handle: (call) => numbers(from, call),
    },
  ]
}

async function numbers({ stores, now }: NumbersDependencies, { realm, query }: Call): Promise<Answer> {
  const period = periodIn(query)
  const by = splitIn(query.get('by'))
  const zone = calendarOf(query.get('zone') || 'UTC')
  if (zone === undefined)
    throw badRequest('The query parameter zone must be a time zone such as Europe/Berlin')
  const at = now()
  const counting = new Counting(by, zone, at)
  counting.fill(period.from, period.to)
  for await (const page of countedPages(stores.leads, { realm: realm.path, ...period })) {
    for (const check of page) counting.add(check)
  }
  const { total, groups, hasMore } = counting.result()
  const titles = new Map(realm.settings.helpDesk.checks.map(({ journey, title }) => [journey, title]))
  const named = groups.map((group) => (by === 'check' ? withTitle(group, titles) : group))
  const body: AnswerOf<typeof readNumbers> = {
    ...period,
    now: at,
    by: by ?? null,
    total,
    result: named,
    resultCount: named.length,
    hasMore,
  }
  return { body }
}

function withTitle(group: Group, titles: ReadonlyMap<string, string>): Group {
  return { ...group, name: titles.get(group.key ?? '') || group.name }
}

function splitIn(text: string | null): Split | undefined {
  if (text === null || text === '') return undefined
  const split = splits.find((each) => each === text)
  if (split === undefined) throw badRequest(`The query parameter by must be one of ${splits.join(', ')}`)
  return split
}
