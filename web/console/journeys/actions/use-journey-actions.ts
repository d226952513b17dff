import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { exportJourneys } from '../../../api/journey-exchange.ts'
import { listJourneysAndDrafts, setJourneyEnabled } from '../../../api/journeys.ts'
import { download } from '../../../design/download.ts'
import type { ActionResult } from './action-notice.tsx'
import type { ActionHandlers, JourneyAction } from './journey-action.ts'

/** Stable handlers, so that rows don't render again. */
export function useJourneyActions(
  realm: string,
  openDialog: (action: JourneyAction) => void,
  onResult: (result: ActionResult | undefined) => void,
): ActionHandlers {
  const queries = useQueryClient()
  return useMemo(() => {
    const attempt = async (failure: string, work: () => Promise<ActionResult | undefined>) => {
      onResult(undefined)
      try {
        onResult(await work())
      } catch (error) {
        onResult({ message: failure, error: error instanceof Error ? error : new Error(failure) })
      }
    }
    return {
      openDialog,
      export: (names, form) => attempt('Nothing was exported', () => exportNamed(realm, names, form)),
      exportAll: () =>
        attempt('Nothing was exported', async () => {
          const names = (await listJourneysAndDrafts(realm)).filter(({ draft }) => draft !== 'new')
          if (names.length === 0) return { message: 'This realm has no journeys to export' }
          return exportNamed(
            realm,
            names.map(({ _id }) => _id),
            'multi',
          )
        }),
      setEnabled: (row, isOn) =>
        attempt(`“${row._id}” was not turned ${isOn ? 'on' : 'off'}`, async () => {
          await setJourneyEnabled(realm, row._id, isOn)
          await queries.invalidateQueries({ queryKey: ['journeys', realm] })
          return undefined
        }),
    }
  }, [realm, openDialog, onResult, queries])
}

async function exportNamed(
  realm: string,
  names: readonly string[],
  form: 'single' | 'multi',
): Promise<ActionResult | undefined> {
  const { file, findings } = await exportJourneys(realm, names, form)
  download(fileName(realm, names, form), file)
  return findings.length === 0 ? undefined : { message: 'Exported with missing dependencies', findings }
}

/** File names as the vendor's tools choose them. */
function fileName(realm: string, names: readonly string[], form: 'single' | 'multi'): string {
  const [name = ''] = names
  if (form === 'single' || names.length === 1) return `${name}.journey.json`
  const of = realm === '/' ? 'root' : realm.slice(1).replaceAll('/', '-')
  return `${of}.journeys.json`
}
