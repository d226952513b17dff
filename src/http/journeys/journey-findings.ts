import { listFindings, listFindingsOf } from '../../../contract/journeys.ts'
import { notFound } from '../../base/errors.ts'
import type { Lint } from '../../journeys/lint/linter.ts'
import { param, type Route } from '../route.ts'

/** Lint findings of journeys, the most severe first. `docs/lint.md` lists the rules. */
export function journeyFindingRoutes({ lint }: { lint: Lint }): Route[] {
  const access = 'journeys'
  return [
    {
      ...listFindings,
      access,
      summary: 'Lists the lint findings of all journeys of the realm.',
      handle: async ({ realm }) => ({ body: { result: (await lint(realm.path)) ?? [] } }),
    },
    {
      ...listFindingsOf,
      access,
      summary: 'Lists the lint findings of a journey.',
      async handle(call) {
        const result = await lint(call.realm.path, [param(call, 'name')])
        if (result === undefined) throw notFound(`There is no journey ${param(call, 'name')}`)
        return { body: { result } }
      },
    },
  ]
}
