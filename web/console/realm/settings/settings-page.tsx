import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { readSettings, readSettingsSchema } from '../../../api/realm-settings.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { SettingsForm } from './settings-form.tsx'

/** All settings of a realm, always read from the server. */
export function SettingsPage() {
  const { realm } = useSearch({ from: '__root__' })
  const schema = useQuery({
    queryKey: ['realm-settings-schema'],
    queryFn: ({ signal }) => readSettingsSchema(realm, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const settings = useQuery({
    queryKey: ['realm-settings', realm, 'opened'],
    queryFn: ({ signal }) => readSettings(realm, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const failed = [schema, settings].find(({ error, data }) => error !== null && data === undefined)
  if (failed?.error) {
    return (
      <ErrorNotice title="The settings could not be read" error={failed.error} onRetry={failed.refetch} />
    )
  }
  if (schema.data === undefined || settings.data === undefined) {
    return <Skeleton label="Loading settings" rows={8} />
  }
  return <SettingsForm key={realm} realm={realm} schema={schema.data} stored={settings.data} />
}
