import { Button } from '@mantine/core'
import type { OfferedCheck } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
import type { StartOptions } from '../checks/start-check.ts'
import { useHelpDesk } from '../layout/queries.ts'
import { Link } from '../navigation/link.tsx'
import { useNavigate, useRealm } from '../navigation/navigation.ts'
import { repeatRoute, repeatRowRoute } from '../new-check/repeat-route.ts'
import { useStart } from '../new-check/use-start.ts'
import type { CheckView } from './use-check.ts'

const repeatable = ['expired', 'cancelled', 'not-verified', 'wrong-code', 'over']

/** Repeats a check that ended without a result: the same check of the same person, for the same request. */
export function StartAgain(view: CheckView) {
  const realm = useRealm()
  const { checks } = useHelpDesk()
  const navigate = useNavigate()
  const { state, start } = useStart()
  const { standing, row } = view
  if (!repeatable.includes(standing) || row === undefined) return null
  const options = repeatOptions(view, checks, realm)
  const isRefusal = standing === 'not-verified' || standing === 'wrong-code'
  return (
    <div className="next" data-unsaved={state.kind === 'starting' || undefined}>
      <Button
        variant={isRefusal ? 'default' : 'filled'}
        size="md"
        loading={state.kind === 'starting'}
        onClick={() => (options === undefined ? navigate(repeatRowRoute(row)) : start(options))}
      >
        {t('Start again')}
      </Button>
      {state.kind === 'failed' && options !== undefined ? (
        <span role="alert">
          {state.title} {state.reason} <Link to={repeatRoute(options)}>{t('Open the form')}</Link>
        </span>
      ) : (
        <span>
          {options === undefined ? t('Opens the form, filled in') : t('Same check, same caller, same ticket')}
        </span>
      )}
    </div>
  )
}

/** @returns undefined if this window does not know the caller, or the check is no longer offered. */
function repeatOptions(
  { row, journey }: CheckView,
  checks: readonly OfferedCheck[],
  realm: string,
): StartOptions | undefined {
  const check = checks.find(({ journey: name }) => name === row?.check)
  if (row === undefined || check === undefined || journey?.person === undefined) return undefined
  const purpose = { action: row.action ?? '', reason: row.reason ?? '', ticket: row.ticket ?? '' }
  return { realm, check, person: journey.person, purpose }
}
